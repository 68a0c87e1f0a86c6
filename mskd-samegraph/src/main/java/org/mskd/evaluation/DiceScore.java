package org.mskd.evaluation;

import java.util.OptionalDouble;

/** The 3-D Dice similarity coefficient, 2|A∩B| / (|A| + |B|) (Dice 1945), over a whole case. */
public final class DiceScore {
  private DiceScore() {}

  /**
   * Dice of one class.
   *
   * @param reference class of each voxel, unsigned bytes
   * @param predicted class of each voxel, in the same order
   * @param value the class, 1 to 255
   * @return 0 to 1; 0 where the class is missing from the prediction alone; empty where it is
   *     missing from the reference, since there is nothing to find
   * @throws IllegalArgumentException if the maps differ in length
   */
  public static OptionalDouble of(byte[] reference, byte[] predicted, int value) {
    requireSameLength(reference, predicted);
    byte organ = (byte) value;
    long inReference = 0;
    long inPrediction = 0;
    long inBoth = 0;
    for (int i = 0; i < reference.length; i++) {
      int truth = reference[i] == organ ? 1 : 0;
      int guess = predicted[i] == organ ? 1 : 0;
      inReference += truth;
      inPrediction += guess;
      inBoth += truth & guess;
    }
    return inReference == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(2.0 * inBoth / (inReference + inPrediction));
  }

  static void requireSameLength(byte[] reference, byte[] predicted) {
    if (reference.length != predicted.length) {
      throw new IllegalArgumentException(
          "class maps of " + reference.length + " and " + predicted.length + " voxels");
    }
  }
}
