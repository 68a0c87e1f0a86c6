package org.mskd.experiment;

/**
 * A named set of values for all settings of the network, the training and the MS-KD loss that an
 * experiment does not set itself.
 */
public enum Preset {
  /** The paper's settings, read literally. */
  SOURCE(Network.DEFAULT, Training.DEFAULT, Distillation.DEFAULT),
  /** The same with the schedule and the optimizer of nnU-Net v1, whose defaults the paper uses. */
  NNUNET(
      Network.DEFAULT,
      Training.DEFAULT.with(Plateau.NNUNET).with(Adam.NNUNET),
      Distillation.DEFAULT),
  /** Teachers as long as the source's, students twice as long, with settings for better scores. */
  FAST(
      new Network(16, 4, Normalization.INSTANCE),
      improved(4, 8, 0.99, AugmentationKind.LIGHT),
      Settings.KEEPING_LABELS),
  /** Five times as long as the source, students ten times, for scores rather than for time. */
  ACCURATE(Network.DEFAULT, Settings.LONG_TRAINING, Settings.BALANCING_ORGANS);

  private final Network network;
  private final Training training;
  private final Distillation distillation;

  /** Constants that a constructor of an enumeration can read. */
  private static final class Settings {
    /** A student keeps the annotations of each data set beside the outputs of the teachers. */
    private static final Distillation KEEPING_LABELS = Distillation.DEFAULT.withLabelWeight(1);

    /**
     * Small organs also count as much as large ones. The background, whose mean over its pixels
     * would otherwise weigh no more than that of the smallest organ, has a larger weight. Chosen by
     * cross-validation, see docs/accuracy.md.
     */
    private static final Distillation BALANCING_ORGANS =
        KEEPING_LABELS.withNormalization(LossNormalization.REGION).withBackgroundWeight(16);

    /**
     * Three of four slices contain the organ, of which a teacher otherwise sees too little. Chosen
     * on training subjects, see docs/accuracy.md.
     */
    private static final Training LONG_TRAINING =
        improved(20, 40, 0.999, AugmentationKind.FULL).toBuilder().annotatedFraction(0.67).build();
  }

  Preset(Network network, Training training, Distillation distillation) {
    this.network = network;
    this.training = training;
    this.distillation = distillation;
  }

  private static Training improved(
      int epochs, int studentEpochs, double weightAverage, AugmentationKind augmentation) {
    return Training.DEFAULT.toBuilder()
        .epochs(epochs)
        .studentEpochs(studentEpochs)
        .learningRate(1e-3)
        .schedule(new Schedule.Cosine())
        .weightAverage(weightAverage)
        .augmentationKind(augmentation)
        .build();
  }

  /** The U-Net. */
  public Network network() {
    return network;
  }

  /** How each network is trained. */
  public Training training() {
    return training;
  }

  /**
   * The MS-KD loss of all students of that method.
   *
   * @param labels whether any data set has labels; without, it is the paper's, which uses none
   */
  public Distillation distillation(boolean labels) {
    return labels ? distillation : Distillation.DEFAULT;
  }
}
