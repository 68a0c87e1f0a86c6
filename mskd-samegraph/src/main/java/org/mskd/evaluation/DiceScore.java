package org.mskd.evaluation;

import java.util.OptionalDouble;

/** The 3-D Dice similarity coefficient, 2|A∩B| / (|A| + |B|) (Dice 1945), over a whole case. */
public final class DiceScore {
  private DiceScore() {}

  /**
   * Dice of one organ from its voxel counts.
   *
   * @param both voxels of the organ in reference and prediction
   * @param reference voxels of the organ in the reference
   * @param predicted voxels of the organ in the prediction
   * @return 0 to 1; 0 where the organ is missing from the prediction alone; empty where it is
   *     missing from the reference, since there is nothing to find
   * @throws IllegalArgumentException if the counts contradict each other
   */
  public static OptionalDouble of(long both, long reference, long predicted) {
    if (both < 0 || both > Math.min(reference, predicted)) {
      throw new IllegalArgumentException(
          both + " voxels in both of " + reference + " and " + predicted);
    }
    return reference == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(2.0 * both / (reference + predicted));
  }
}
