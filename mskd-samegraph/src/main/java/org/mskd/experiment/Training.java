package org.mskd.experiment;

/**
 * How each network is trained: by default with the source's settings (MS-KD, section 4.1).
 *
 * @param batchSize slices per batch
 * @param iterationsPerEpoch optimizer steps per epoch
 * @param epochs epochs of a teacher; also of a student unless {@code studentEpochs} is set
 * @param learningRate the initial rate; with a warm-up the rate at its end
 * @param annotatedFraction share of a batch that must show the annotated organ: slot j of B is
 *     forced when j is at least round(B (1 - fraction))
 * @param patchSize side of a network's input in training, pixels; 0 for the whole slice
 * @param schedule how the rate changes
 * @param optimizer the update rule
 * @param augmentationStrength factor applied to the ranges of rotation, scale, shift and intensity,
 *     and to the probabilities of what {@link AugmentationKind#FULL} adds; 0 for no augmentation
 * @param warmupIterations first iterations, in which the rate grows linearly (Goyal et al.,
 *     <i>Accurate, large minibatch SGD</i>, arXiv 1706.02677); 0 for none
 * @param weightAverage α, the share of an exponential moving average of the weights that each
 *     update keeps, at least 0 and below 1; the average is the trained model. 0 for no average
 * @param studentEpochs epochs of a student; 0 for as many as {@code epochs}
 * @param augmentationKind which transformations; null for {@link AugmentationKind#LIGHT}, as in
 *     models of earlier versions
 * @param deepSupervision whether coarser decoder levels get auxiliary outputs and losses in
 *     training (Lee et al., <i>Deeply-supervised nets</i>, arXiv 1409.5185)
 */
public record Training(
    int batchSize,
    int iterationsPerEpoch,
    int epochs,
    double learningRate,
    double annotatedFraction,
    int patchSize,
    Schedule schedule,
    Optimizer optimizer,
    double augmentationStrength,
    int warmupIterations,
    double weightAverage,
    int studentEpochs,
    AugmentationKind augmentationKind,
    boolean deepSupervision) {

  /** The source's settings. */
  public static final Training DEFAULT =
      new Training(4, 250, 4, 3e-4, 0.33, 0, Plateau.SOURCE, Adam.PLAIN, 1);

  /** Beyond it the light augmentation would scale an image to less than a half. */
  public static final double STRONGEST_AUGMENTATION = 3;

  /** Below it {@code deepSupervision} would add no output. */
  static final int LEAST_SUPERVISED_DEPTH = 3;

  public Training {
    Checks.within("batchSize", batchSize, 1, 1024);
    Checks.atLeast("iterationsPerEpoch", iterationsPerEpoch, 1);
    checkEpochs("epochs", epochs, 1, iterationsPerEpoch);
    Checks.positive("learningRate", learningRate);
    Checks.within("annotatedFraction", annotatedFraction, 0.0, 1.0);
    Checks.atLeast("patchSize", patchSize, 0);
    Checks.present("schedule", schedule);
    Checks.present("optimizer", optimizer);
    Checks.within("augmentationStrength", augmentationStrength, 0.0, STRONGEST_AUGMENTATION);
    Checks.belowOne("weightAverage", weightAverage);
    checkEpochs("studentEpochs", studentEpochs, 0, iterationsPerEpoch);
    if (augmentationKind == null || augmentationStrength == 0) {
      augmentationKind = AugmentationKind.LIGHT; // without augmentation both kinds are one
    }
    int fewest = studentEpochs == 0 ? epochs : Math.min(epochs, studentEpochs);
    checkWarmup(warmupIterations, iterationsPerEpoch * fewest);
  }

  /**
   * Without warm-up, weight average and deep supervision, with as many epochs of students as of
   * teachers.
   */
  public Training(
      int batchSize,
      int iterationsPerEpoch,
      int epochs,
      double learningRate,
      double annotatedFraction,
      int patchSize,
      Schedule schedule,
      Optimizer optimizer,
      double augmentationStrength) {
    this(
        batchSize,
        iterationsPerEpoch,
        epochs,
        learningRate,
        annotatedFraction,
        patchSize,
        schedule,
        optimizer,
        augmentationStrength,
        0,
        0,
        0,
        AugmentationKind.LIGHT,
        false);
  }

  private static void checkEpochs(String element, int epochs, int least, int iterationsPerEpoch) {
    Checks.atLeast(element, epochs, least);
    if ((long) iterationsPerEpoch * epochs > Integer.MAX_VALUE) {
      throw Checks.notAllowed(
          element,
          epochs,
          "at most %d with iterationsPerEpoch %d, since a training counts to 2^31 - 1 iterations"
              .formatted(Integer.MAX_VALUE / iterationsPerEpoch, iterationsPerEpoch));
    }
  }

  /**
   * @param iterations of the shortest training
   */
  private static void checkWarmup(int warmup, int iterations) {
    if (warmup < 0 || warmup >= iterations) {
      throw Checks.notAllowed(
          "warmupIterations",
          warmup,
          "a whole number of at least 0 and less than the iterations of a training, %d"
              .formatted(iterations));
    }
  }

  /** A builder that starts from these settings. */
  public TrainingBuilder toBuilder() {
    return new TrainingBuilder(this);
  }

  /** The same with another schedule. */
  public Training with(Schedule other) {
    return toBuilder().schedule(other).build();
  }

  /** The same with another optimizer. */
  public Training with(Optimizer other) {
    return toBuilder().optimizer(other).build();
  }

  /** The same with another kind of augmentation. */
  public Training with(AugmentationKind other) {
    return toBuilder().augmentationKind(other).build();
  }

  /**
   * The settings of a teacher, which do not depend on {@code studentEpochs}: {@link #epochs} and
   * {@link #iterations} are its own.
   */
  public Training ofTeacher() {
    return toBuilder().studentEpochs(0).build();
  }

  /** The settings of a student: {@link #epochs} and {@link #iterations} are its own. */
  public Training ofStudent() {
    int own = studentEpochs == 0 ? epochs : studentEpochs;
    return toBuilder().epochs(own).studentEpochs(0).build();
  }

  /** Optimizer steps in {@link #epochs}; those of a student are {@link #ofStudent}'s. */
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
