package org.mskd.experiment;

/** Builds {@link Training} settings from others. */
public final class TrainingBuilder {
  private int batchSize;
  private int iterationsPerEpoch;
  private int epochs;
  private double learningRate;
  private double annotatedFraction;
  private int patchSize;
  private Schedule schedule;
  private Optimizer optimizer;
  private double augmentationStrength;
  private int warmupIterations;
  private double weightAverage;
  private int studentEpochs;
  private AugmentationKind augmentationKind;
  private boolean deepSupervision;

  TrainingBuilder(Training start) {
    this.batchSize = start.batchSize();
    this.iterationsPerEpoch = start.iterationsPerEpoch();
    this.epochs = start.epochs();
    this.learningRate = start.learningRate();
    this.annotatedFraction = start.annotatedFraction();
    this.patchSize = start.patchSize();
    this.schedule = start.schedule();
    this.optimizer = start.optimizer();
    this.augmentationStrength = start.augmentationStrength();
    this.warmupIterations = start.warmupIterations();
    this.weightAverage = start.weightAverage();
    this.studentEpochs = start.studentEpochs();
    this.augmentationKind = start.augmentationKind();
    this.deepSupervision = start.deepSupervision();
  }

  /** Slices per batch. */
  public TrainingBuilder batchSize(int value) {
    this.batchSize = value;
    return this;
  }

  /** Optimizer steps per epoch. */
  public TrainingBuilder iterationsPerEpoch(int value) {
    this.iterationsPerEpoch = value;
    return this;
  }

  /** Epochs. */
  public TrainingBuilder epochs(int value) {
    this.epochs = value;
    return this;
  }

  /** The initial rate. */
  public TrainingBuilder learningRate(double value) {
    this.learningRate = value;
    return this;
  }

  /** Share of a batch that must show the annotated organ. */
  public TrainingBuilder annotatedFraction(double value) {
    this.annotatedFraction = value;
    return this;
  }

  /** Side of a network's input, pixels; 0 for the whole slice. */
  public TrainingBuilder patchSize(int value) {
    this.patchSize = value;
    return this;
  }

  /** How the rate changes. */
  public TrainingBuilder schedule(Schedule value) {
    this.schedule = value;
    return this;
  }

  /** The update rule. */
  public TrainingBuilder optimizer(Optimizer value) {
    this.optimizer = value;
    return this;
  }

  /** Factor applied to the ranges of the augmentation; 0 for none. */
  public TrainingBuilder augmentationStrength(double value) {
    this.augmentationStrength = value;
    return this;
  }

  /** First iterations, in which the rate grows; 0 for none. */
  public TrainingBuilder warmupIterations(int value) {
    this.warmupIterations = value;
    return this;
  }

  /** What an update keeps of the moving average of the weights; 0 for no average. */
  public TrainingBuilder weightAverage(double value) {
    this.weightAverage = value;
    return this;
  }

  /** Epochs of a student; 0 for as many as of a teacher. */
  public TrainingBuilder studentEpochs(int value) {
    this.studentEpochs = value;
    return this;
  }

  /** Which transformations augment slices. */
  public TrainingBuilder augmentationKind(AugmentationKind value) {
    this.augmentationKind = value;
    return this;
  }

  /** Whether coarser decoder levels get auxiliary outputs and losses. */
  public TrainingBuilder deepSupervision(boolean value) {
    this.deepSupervision = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws org.mskd.problem.BadInputException naming the element that is not allowed
   */
  public Training build() {
    return new Training(
        batchSize,
        iterationsPerEpoch,
        epochs,
        learningRate,
        annotatedFraction,
        patchSize,
        schedule,
        optimizer,
        augmentationStrength,
        warmupIterations,
        weightAverage,
        studentEpochs,
        augmentationKind,
        deepSupervision);
  }
}
