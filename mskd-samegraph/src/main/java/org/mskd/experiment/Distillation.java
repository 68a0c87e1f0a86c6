package org.mskd.experiment;

/**
 * The MS-KD loss (arXiv 2108.02559, equation 6) with all its settings.
 *
 * @param backgroundWeight λ1, of the background logit term
 * @param featureWeight λ2, of the feature terms
 * @param labelWeight of the hard-label term on the organ that a slice's data set annotates; 0 in
 *     the source, which needs no label
 * @param temperature T of the logit terms, which are multiplied by T²; 1 in the source
 * @param features which features are compared, and how
 * @param regions the pixels at which a teacher's terms count
 * @param normalization what the sums over pixels are divided by
 * @param annotatedTargets whether the annotations of a slice's data set take the place of the
 *     outputs of the teachers of the annotated organs; false in the source
 * @param cutMix probability that a rectangle of a slice is replaced by that of another slice of the
 *     batch, with all that the loss sees of it; 0 in the source
 */
public record Distillation(
    double backgroundWeight,
    double featureWeight,
    double labelWeight,
    double temperature,
    FeatureTerms features,
    Regions regions,
    LossNormalization normalization,
    boolean annotatedTargets,
    double cutMix) {

  /** The source's settings. */
  public static final Distillation DEFAULT =
      new Distillation(1, 10, 0, 1, FeatureTerms.DEFAULT, Regions.DEFAULT, LossNormalization.IMAGE);

  /** Below it softened probabilities are hard ones. */
  public static final double LOWEST_TEMPERATURE = 0.25;

  /** Above it softened probabilities are equal in single precision. */
  public static final double HIGHEST_TEMPERATURE = 100;

  public Distillation {
    Checks.notNegative("backgroundWeight", backgroundWeight);
    Checks.notNegative("featureWeight", featureWeight);
    Checks.notNegative("labelWeight", labelWeight);
    Checks.within("temperature", temperature, LOWEST_TEMPERATURE, HIGHEST_TEMPERATURE);
    Checks.present("features", features);
    Checks.present("regions", regions);
    Checks.present("lossNormalization", normalization);
    Checks.within("cutMix", cutMix, 0, 1);
  }

  /** With the outputs of teachers and the slices as they are. */
  public Distillation(
      double backgroundWeight,
      double featureWeight,
      double labelWeight,
      double temperature,
      FeatureTerms features,
      Regions regions,
      LossNormalization normalization) {
    this(
        backgroundWeight,
        featureWeight,
        labelWeight,
        temperature,
        features,
        regions,
        normalization,
        false,
        0);
  }

  /** A builder that starts from these settings. */
  public DistillationBuilder toBuilder() {
    return new DistillationBuilder(this);
  }

  /** The same with another λ1. */
  public Distillation withBackgroundWeight(double weight) {
    return toBuilder().backgroundWeight(weight).build();
  }

  /** The same with another λ2. */
  public Distillation withFeatureWeight(double weight) {
    return toBuilder().featureWeight(weight).build();
  }

  /** The same with another weight of the hard-label term. */
  public Distillation withLabelWeight(double weight) {
    return toBuilder().labelWeight(weight).build();
  }

  /** The same with another T. */
  public Distillation withTemperature(double other) {
    return toBuilder().temperature(other).build();
  }

  /** The same with other features. */
  public Distillation withFeatures(FeatureTerms other) {
    return toBuilder().features(other).build();
  }

  /** The same with other regions. */
  public Distillation withRegions(Regions other) {
    return toBuilder().regions(other).build();
  }

  /** The same with another normalisation. */
  public Distillation withNormalization(LossNormalization other) {
    return toBuilder().normalization(other).build();
  }

  /** The same with or without annotations in place of teacher outputs. */
  public Distillation withAnnotatedTargets(boolean replaced) {
    return toBuilder().annotatedTargets(replaced).build();
  }

  /** The same with another probability of mixing slices. */
  public Distillation withCutMix(double probability) {
    return toBuilder().cutMix(probability).build();
  }

  /**
   * The same loss with every setting that has no effect at its default: two of equal effect train
   * to the same bits. Without feature terms their settings have no effect; without masks every
   * region is the whole slice, however teachers overlap and regions are brought to coarser grids or
   * divided by; and level 0 alone needs no coarser grid.
   */
  public Distillation effective() {
    Distillation same = usesFeatures() ? this : withFeatures(FeatureTerms.DEFAULT);
    if (!regions.masks()) {
      return same.withRegions(Regions.DEFAULT.unmasked())
          .withNormalization(LossNormalization.IMAGE);
    }
    boolean coarser = usesFeatures() && features.deepest() > 0;
    return coarser
        ? same
        : same.withRegions(new Regions(true, regions.overlap(), Regions.DEFAULT.downsampling()));
  }

  /** Whether any feature is compared at all; if not, the teachers' features are not needed. */
  public boolean usesFeatures() {
    return featureWeight > 0;
  }

  /** Whether the loss has a term on the labels. */
  public boolean hasLabelTerm() {
    return labelWeight > 0;
  }

  /** Whether slices of a batch are mixed. */
  public boolean mixesSlices() {
    return cutMix > 0;
  }

  /** Whether batches must carry labels. */
  public boolean usesLabels() {
    return labelWeight > 0 || annotatedTargets;
  }
}
