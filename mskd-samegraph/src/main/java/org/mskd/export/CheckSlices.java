package org.mskd.export;

import java.util.List;
import org.mskd.dataset.NeighbourSlices;
import org.mskd.dataset.SliceSource;
import org.mskd.experiment.Neighbours;

/**
 * The slices that an exported network is checked on: at most {@value #MOST} of some scans, evenly
 * spaced over all their slices. Of a slice that is larger than the network's input, the middle.
 */
public final class CheckSlices {
  private static final int MOST = 40;

  private final List<? extends SliceSource> scans;
  private final int side;
  private final NeighbourSlices reader;
  private final int all;

  /**
   * @param scans prepared as for the network
   * @param side of the network's input, pixels
   * @param neighbours what the network reads beside a slice
   * @throws IllegalArgumentException if there is no slice, or one is smaller than the input
   */
  public CheckSlices(List<? extends SliceSource> scans, int side, Neighbours neighbours) {
    this.scans = List.copyOf(scans);
    this.side = side;
    this.reader = new NeighbourSlices(neighbours);
    this.all = scans.stream().mapToInt(SliceSource::slices).sum();
    if (all == 0 || scans.stream().anyMatch(scan -> scan.size() < side)) {
      throw new IllegalArgumentException(all + " slices for an input of " + side);
    }
  }

  /** How many slices there are. */
  public int count() {
    return Math.min(MOST, all);
  }

  /** Reads image {@code n}, {@code [side][side][channels]} in [-1, 1]. */
  void read(int n, float[] out, int offset) {
    int slice = (int) ((long) n * all / count());
    int scan = 0;
    while (slice >= scans.get(scan).slices()) {
      slice -= scans.get(scan).slices();
      scan++;
    }
    SliceSource source = scans.get(scan);
    int size = source.size();
    int channels = reader.channels();
    float[] whole = new float[size * size * channels];
    reader.read(source, slice, whole, 0);
    int margin = (size - side) / 2;
    int length = side * channels;
    for (int row = 0; row < side; row++) {
      int begin = ((margin + row) * size + margin) * channels;
      System.arraycopy(whole, begin, out, offset + row * length, length);
    }
  }
}
