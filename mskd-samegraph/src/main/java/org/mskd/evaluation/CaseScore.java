package org.mskd.evaluation;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One organ of one case. Dice, surface Dice, the distances and the volume difference judge a case
 * whose reference has the organ, and are empty otherwise. What is predicted of an organ that the
 * reference lacks is a false positive. Where an organ was found but one of the two maps has no
 * surface voxel, since ignored voxels surround it, surface Dice and the distances are undefined.
 *
 * @param id the case
 * @param organ the organ
 * @param dice 0 to 1; 0 for a miss
 * @param surfaceDice 0 to 1, at the tolerance of the experiment; 0 for a miss; empty where either
 *     map has the organ but no surface voxel
 * @param hd95Mm mm; likewise, but empty for a miss too, as there is no surface to measure to
 * @param assdMm mm; as {@code hd95Mm}
 * @param referenceMl volume in the reference, ml
 * @param predictedMl volume in the prediction, ml
 * @param missed whether the reference has the organ and the prediction has none of it
 * @param falsePositive whether the prediction has the organ and the reference has none of it
 * @param diagonalMm the diagonal of the case's volume, mm: the distance that a miss counts with
 */
public record CaseScore(
    String id,
    String organ,
    OptionalDouble dice,
    OptionalDouble surfaceDice,
    OptionalDouble hd95Mm,
    OptionalDouble assdMm,
    double referenceMl,
    double predictedMl,
    boolean missed,
    boolean falsePositive,
    double diagonalMm) {
  /**
   * @throws IllegalArgumentException if the values contradict each other
   */
  public CaseScore {
    Objects.requireNonNull(id);
    Objects.requireNonNull(organ);
    boolean present = dice.isPresent();
    boolean measured = hd95Mm.isPresent();
    if (assdMm.isPresent() != measured
        || surfaceDice.isPresent() != (measured || missed)
        || (measured && (missed || !present))
        || (missed && !present)
        || (falsePositive && present)) {
      throw new IllegalArgumentException(
          "the scores of " + organ + " in " + id + " contradict each other");
    }
  }

  /** A copy under another name of the case. */
  public CaseScore withId(String other) {
    return new CaseScore(
        other,
        organ,
        dice,
        surfaceDice,
        hd95Mm,
        assdMm,
        referenceMl,
        predictedMl,
        missed,
        falsePositive,
        diagonalMm);
  }

  /**
   * Predicted minus reference volume, ml. It is the difference of the volumes as the files of
   * scores have them, so that it has the same last decimal before writing and after reading.
   */
  public OptionalDouble volumeDifferenceMl() {
    return dice.isPresent()
        ? OptionalDouble.of(
            Decimals.of(predictedMl).subtract(Decimals.of(referenceMl)).doubleValue())
        : OptionalDouble.empty();
  }

  /** A distance, or the volume's diagonal where the organ was missed. */
  OptionalDouble orDiagonal(OptionalDouble distance) {
    return missed ? OptionalDouble.of(diagonalMm) : distance;
  }
}
