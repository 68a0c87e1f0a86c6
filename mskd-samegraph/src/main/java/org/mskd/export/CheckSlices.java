package org.mskd.export;

import java.util.List;
import org.mskd.dataset.SliceSource;

/**
 * The slices that an exported network is checked on: at most {@value #MOST} of some scans, evenly
 * spaced over all their slices. Of a slice that is larger than the network's input, the middle.
 */
public final class CheckSlices {
  private static final int MOST = 40;

  private final List<? extends SliceSource> scans;
  private final int side;
  private final int all;

  /**
   * @param scans prepared as for the network
   * @param side of the network's input, pixels
   * @throws IllegalArgumentException if there is no slice, or one is smaller than the input
   */
  public CheckSlices(List<? extends SliceSource> scans, int side) {
    this.scans = List.copyOf(scans);
    this.side = side;
    this.all = scans.stream().mapToInt(SliceSource::slices).sum();
    if (all == 0 || scans.stream().anyMatch(scan -> scan.size() < side)) {
      throw new IllegalArgumentException(all + " slices for an input of " + side);
    }
  }

  /** How many slices there are. */
  public int count() {
    return Math.min(MOST, all);
  }

  /** Reads image {@code n}, {@code [side][side]} in [-1, 1]. */
  void read(int n, float[] out, int offset) {
    int slice = (int) ((long) n * all / count());
    int scan = 0;
    while (slice >= scans.get(scan).slices()) {
      slice -= scans.get(scan).slices();
      scan++;
    }
    SliceSource source = scans.get(scan);
    int size = source.size();
    float[] whole = new float[size * size];
    source.image(slice, whole, 0);
    int margin = (size - side) / 2;
    for (int row = 0; row < side; row++) {
      System.arraycopy(whole, (margin + row) * size + margin, out, offset + row * side, side);
    }
  }
}
