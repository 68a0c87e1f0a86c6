package org.mskd.experiment;

/**
 * The neighbour slices that a network reads beside the slice that it segments, as further input
 * channels (2.5-D). Channel c of 0 .. 2 perSide shows the place {@code (c - perSide)} distances
 * above the slice: channels run from feet to head, and the slice itself is the middle one.
 *
 * @param perSide how many on each side, 0 to {@value #MOST}; 0 for none
 * @param distance mm from one to the next; 0 for adjacent slices, whatever their distance. Without
 *     neighbours it is 0
 */
public record Neighbours(int perSide, double distance) {
  /** The slice alone. */
  public static final Neighbours NONE = new Neighbours(0, 0);

  /** On each side. */
  public static final int MOST = 3;

  /** Scans of organs have slices up to 10 mm apart; a larger distance is a wrong unit. */
  private static final double LARGEST_DISTANCE = 100;

  public Neighbours {
    Checks.within("neighbours", perSide, 0, MOST);
    Checks.within("neighbourDistance", distance, 0, LARGEST_DISTANCE);
    // Equal inputs are equal values. The sum turns -0 into 0.
    distance = perSide == 0 ? 0 : distance + 0.0;
  }

  /** Whether the network reads the slice alone. */
  public boolean none() {
    return perSide == 0;
  }

  /** Channels of the input. */
  public int channels() {
    return 2 * perSide + 1;
  }
}
