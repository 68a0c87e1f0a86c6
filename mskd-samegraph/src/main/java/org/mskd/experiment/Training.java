package org.mskd.experiment;

/**
 * How each network is trained: by default with the source's settings (MS-KD, section 4.1).
 *
 * @param batchSize slices per batch
 * @param iterationsPerEpoch optimizer steps per epoch
 * @param epochs epochs
 * @param learningRate Adam's initial rate
 * @param annotatedFraction share of a batch that must show the annotated organ: slot j of B is
 *     forced when j is at least round(B (1 - fraction))
 * @param patchSize side of a network's input in training, pixels; 0 for the whole slice
 * @param plateau when the rate is lowered
 * @param adam the optimizer
 * @param augmentationStrength factor applied to the ranges of rotation, scale, shift and intensity,
 *     and to the probabilities of what {@link AugmentationKind#FULL} adds; 0 for no augmentation
 * @param augmentationKind which transformations; null for {@link AugmentationKind#LIGHT}, as in
 *     models of earlier versions
 */
public record Training(
    int batchSize,
    int iterationsPerEpoch,
    int epochs,
    double learningRate,
    double annotatedFraction,
    int patchSize,
    Plateau plateau,
    Adam adam,
    double augmentationStrength,
    AugmentationKind augmentationKind) {

  /** The source's settings. */
  public static final Training DEFAULT =
      new Training(4, 250, 4, 3e-4, 0.33, 0, Plateau.SOURCE, Adam.PLAIN, 1);

  /** Beyond it the light augmentation would scale an image to less than a half. */
  public static final double STRONGEST_AUGMENTATION = 3;

  public Training {
    Checks.within("batchSize", batchSize, 1, 1024);
    Checks.atLeast("iterationsPerEpoch", iterationsPerEpoch, 1);
    Checks.atLeast("epochs", epochs, 1);
    if ((long) iterationsPerEpoch * epochs > Integer.MAX_VALUE) {
      throw Checks.notAllowed(
          "epochs",
          epochs,
          "at most %d with iterationsPerEpoch %d, since a training counts to 2^31 - 1 iterations"
              .formatted(Integer.MAX_VALUE / iterationsPerEpoch, iterationsPerEpoch));
    }
    Checks.positive("learningRate", learningRate);
    Checks.within("annotatedFraction", annotatedFraction, 0.0, 1.0);
    Checks.atLeast("patchSize", patchSize, 0);
    Checks.present("plateau", plateau);
    Checks.present("adam", adam);
    Checks.within("augmentationStrength", augmentationStrength, 0.0, STRONGEST_AUGMENTATION);
    augmentationKind = augmentationKind == null ? AugmentationKind.LIGHT : augmentationKind;
  }

  /** A training with the light augmentation. */
  public Training(
      int batchSize,
      int iterationsPerEpoch,
      int epochs,
      double learningRate,
      double annotatedFraction,
      int patchSize,
      Plateau plateau,
      Adam adam,
      double augmentationStrength) {
    this(
        batchSize,
        iterationsPerEpoch,
        epochs,
        learningRate,
        annotatedFraction,
        patchSize,
        plateau,
        adam,
        augmentationStrength,
        AugmentationKind.LIGHT);
  }

  /** The same with another schedule. */
  public Training with(Plateau other) {
    return new Training(
        batchSize,
        iterationsPerEpoch,
        epochs,
        learningRate,
        annotatedFraction,
        patchSize,
        other,
        adam,
        augmentationStrength,
        augmentationKind);
  }

  /** The same with another optimizer. */
  public Training with(Adam other) {
    return new Training(
        batchSize,
        iterationsPerEpoch,
        epochs,
        learningRate,
        annotatedFraction,
        patchSize,
        plateau,
        other,
        augmentationStrength,
        augmentationKind);
  }

  /** The same with another kind of augmentation. */
  public Training with(AugmentationKind other) {
    return new Training(
        batchSize,
        iterationsPerEpoch,
        epochs,
        learningRate,
        annotatedFraction,
        patchSize,
        plateau,
        adam,
        augmentationStrength,
        other);
  }

  /** Optimizer steps in all. */
  public int iterations() {
    return iterationsPerEpoch * epochs;
  }

  /** How many slots of a batch are forced to contain the annotated organ. */
  public int forcedSlots() {
    return batchSize - (int) Math.round(batchSize * (1 - annotatedFraction));
  }

  /** Whether networks are trained on patches of a slice and not on the whole slice. */
  public boolean crops(Preprocessing preprocessing) {
    return patchSize > 0 && patchSize < preprocessing.sliceSize();
  }

  /** Whether batches are augmented. */
  public boolean augments() {
    return augmentationStrength > 0;
  }
}
