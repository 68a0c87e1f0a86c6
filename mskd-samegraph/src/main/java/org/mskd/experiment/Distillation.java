package org.mskd.experiment;

/**
 * The weights of the MS-KD loss (arXiv 2108.02559, equation 6).
 *
 * @param backgroundWeight λ1, of the background logit term
 * @param featureWeight λ2, of the feature term
 * @param featureLevel l, the number of downsamplings before the encoder block whose output is
 *     compared
 * @param temperature T of the logit terms, which are multiplied by T²; 1 in the source
 */
public record Distillation(
    double backgroundWeight, double featureWeight, int featureLevel, double temperature) {
  /** The source's settings. */
  public static final Distillation DEFAULT = new Distillation(1, 10, 1, 1);

  public Distillation {
    Checks.notNegative("backgroundWeight", backgroundWeight);
    Checks.notNegative("featureWeight", featureWeight);
    Checks.atLeast("featureLevel", featureLevel, 0);
    Checks.within("temperature", temperature, 0.01, 1000.0);
  }
}
