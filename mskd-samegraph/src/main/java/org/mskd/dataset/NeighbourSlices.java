package org.mskd.dataset;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mskd.experiment.Neighbours;

/**
 * Reads slices as the input of a network: with their {@link Neighbours} as further channels.
 * Between two slices intensities are interpolated linearly; where a neighbour coincides with a
 * slice, they are that slice's. Beyond the first and the last slice the end slice is repeated.
 *
 * <p>Slices that successive reads share are read once. Holds scratch memory: one thread at a time.
 */
public final class NeighbourSlices {
  /** Slices that are kept for the next read: 32 MiB with 512 x 512 pixels. */
  private static final int MOST_KEPT = 32;

  private final Neighbours neighbours;
  private final Map<Integer, float[]> kept = new TreeMap<>();
  private final Deque<float[]> unused = new ArrayDeque<>();
  private SliceSource source;

  public NeighbourSlices(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** Channels of a slice. */
  public int channels() {
    return neighbours.channels();
  }

  /**
   * Reads a slice.
   *
   * @param from the scan
   * @param slice from 0
   * @param out receives {@code [size][size][channels]} in [-1, 1], from {@code offset} on
   */
  public void read(SliceSource from, int slice, float[] out, int offset) {
    if (neighbours.none()) {
      from.image(slice, out, offset);
      return;
    }
    Objects.checkIndex(slice, from.slices());
    List<SlicePlace> places = places(from, slice);
    keep(from, places);
    for (int channel = 0; channel < places.size(); channel++) {
      write(places.get(channel), out, offset + channel);
    }
  }

  /** The places of the channels, ascending. */
  private List<SlicePlace> places(SliceSource from, int slice) {
    double distance = neighbours.distance();
    double step = distance == 0 ? 1 : distance / from.geometry().sliceMm();
    return IntStream.rangeClosed(-neighbours.perSide(), neighbours.perSide())
        .mapToObj(k -> SlicePlace.of(slice + k * step, from.slices()))
        .toList();
  }

  /** Keeps what the next slices need as well, if a scan is read from its first slice on. */
  private void keep(SliceSource from, List<SlicePlace> places) {
    if (source != from) {
      release(any -> true);
      if (source != null && source.size() != from.size()) {
        unused.clear();
      }
      source = from;
    }
    int lowest = places.get(0).slice();
    int highest = places.get(places.size() - 1).highest();
    release(slice -> slice < lowest || slice > highest);
    if (kept.size() > MOST_KEPT) {
      release(slice -> places.stream().noneMatch(p -> p.slice() == slice || p.highest() == slice));
    }
  }

  private void release(IntPredicate unneeded) {
    kept.entrySet()
        .removeIf(
            entry -> {
              boolean gone = unneeded.test(entry.getKey());
              if (gone) {
                unused.push(entry.getValue());
              }
              return gone;
            });
  }

  /** One channel, {@code out[at]}, {@code out[at + channels]}, .. */
  private void write(SlicePlace place, float[] out, int at) {
    int channels = neighbours.channels();
    float[] lower = image(place.slice());
    if (place.above() == 0) {
      for (int i = 0; i < lower.length; i++) {
        out[at + i * channels] = lower[i];
      }
      return;
    }
    float[] upper = image(place.highest());
    float above = place.above();
    for (int i = 0; i < lower.length; i++) {
      out[at + i * channels] = lower[i] + above * (upper[i] - lower[i]);
    }
  }

  private float[] image(int slice) {
    return kept.computeIfAbsent(
        slice,
        number -> {
          float[] image =
              unused.isEmpty() ? new float[source.size() * source.size()] : unused.pop();
          source.image(number, image, 0);
          return image;
        });
  }
}
