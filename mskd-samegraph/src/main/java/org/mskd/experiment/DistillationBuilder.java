package org.mskd.experiment;

/** Builds {@link Distillation} settings from others. */
public final class DistillationBuilder {
  private double backgroundWeight;
  private double featureWeight;
  private double labelWeight;
  private double temperature;
  private FeatureTerms features;
  private Regions regions;
  private LossNormalization normalization;
  private boolean annotatedTargets;
  private double cutMix;

  DistillationBuilder(Distillation start) {
    this.backgroundWeight = start.backgroundWeight();
    this.featureWeight = start.featureWeight();
    this.labelWeight = start.labelWeight();
    this.temperature = start.temperature();
    this.features = start.features();
    this.regions = start.regions();
    this.normalization = start.normalization();
    this.annotatedTargets = start.annotatedTargets();
    this.cutMix = start.cutMix();
  }

  /** λ1. */
  public DistillationBuilder backgroundWeight(double value) {
    this.backgroundWeight = value;
    return this;
  }

  /** λ2. */
  public DistillationBuilder featureWeight(double value) {
    this.featureWeight = value;
    return this;
  }

  /** Weight of the hard-label term. */
  public DistillationBuilder labelWeight(double value) {
    this.labelWeight = value;
    return this;
  }

  /** T. */
  public DistillationBuilder temperature(double value) {
    this.temperature = value;
    return this;
  }

  /** Which features are compared. */
  public DistillationBuilder features(FeatureTerms value) {
    this.features = value;
    return this;
  }

  /** Where a teacher's terms count. */
  public DistillationBuilder regions(Regions value) {
    this.regions = value;
    return this;
  }

  /** What sums over pixels are divided by. */
  public DistillationBuilder normalization(LossNormalization value) {
    this.normalization = value;
    return this;
  }

  /** Whether annotations take the place of teacher outputs. */
  public DistillationBuilder annotatedTargets(boolean value) {
    this.annotatedTargets = value;
    return this;
  }

  /** Probability that a slice is mixed. */
  public DistillationBuilder cutMix(double value) {
    this.cutMix = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws org.mskd.problem.BadInputException naming the element that is not allowed
   */
  public Distillation build() {
    return new Distillation(
        backgroundWeight,
        featureWeight,
        labelWeight,
        temperature,
        features,
        regions,
        normalization,
        annotatedTargets,
        cutMix);
  }
}
