package org.mskd.experiment;

/**
 * How each network is trained: the source's settings (MS-KD, section 4.1) where nothing is said.
 *
 * @param batchSize slices a batch
 * @param iterationsPerEpoch optimizer steps an epoch
 * @param epochs epochs
 * @param learningRate Adam's initial rate
 * @param annotatedFraction share of a batch that must show the annotated organ: slot j of B is
 *     forced when j is at least round(B (1 - fraction))
 * @param plateauFactor what the rate is multiplied by after an epoch without improvement
 * @param plateauThreshold by how much an epoch's mean loss must fall below the best so far
 * @param augmentation whether batches are augmented (rotation, scale, shift, intensity)
 */
public record Training(
    int batchSize,
    int iterationsPerEpoch,
    int epochs,
    double learningRate,
    double annotatedFraction,
    double plateauFactor,
    double plateauThreshold,
    boolean augmentation) {
  /** The source's settings. */
  public static final Training DEFAULT = new Training(4, 250, 4, 3e-4, 0.33, 0.8, 1e-3, true);

  public Training {
    Checks.within("batchSize", batchSize, 1, 1024);
    Checks.atLeast("iterationsPerEpoch", iterationsPerEpoch, 1);
    Checks.atLeast("epochs", epochs, 1);
    if ((long) iterationsPerEpoch * epochs > Integer.MAX_VALUE) {
      throw Checks.notAllowed(
          "epochs",
          epochs,
          "at most %d with <iterationsPerEpoch> %d, since a training counts to 2^31 - 1 iterations"
              .formatted(Integer.MAX_VALUE / iterationsPerEpoch, iterationsPerEpoch));
    }
    Checks.positive("learningRate", learningRate);
    Checks.within("annotatedFraction", annotatedFraction, 0.0, 1.0);
    Checks.within("plateauFactor", plateauFactor, 1e-6, 1.0);
    Checks.notNegative("plateauThreshold", plateauThreshold);
  }

  /** Optimizer steps in all. */
  public int iterations() {
    return iterationsPerEpoch * epochs;
  }

  /** How many slots of a batch are forced to show the annotated organ. */
  public int forcedSlots() {
    return batchSize - (int) Math.round(batchSize * (1 - annotatedFraction));
  }
}
