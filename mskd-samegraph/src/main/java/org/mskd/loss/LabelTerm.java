package org.mskd.loss;

/**
 * The hard-label term, which the source does not have: what a data set says of its own organ o. The
 * other channels may hold organs it does not annotate, so they count as background together, by the
 * sum of their probabilities (Shi et al., Medical Image Analysis 2021):
 *
 * <pre>
 * p_o = softmax(z)_o,   log p_rest = log Σ_{c≠o} exp z_c - log Σ_c exp z_c
 * L = -(1/N) Σ_i [y log p_o + (1-y) log p_rest]
 *     + 1 - mean over o of (2 Σ_i p_o y + s) / (Σ_i p_o + Σ_i y + s),   s = 1e-5
 * </pre>
 *
 * over the N pixels of the batch's labelled slices; Dice of an organ over all slices that annotate
 * it, mean over the organs annotated in the batch; 0 where no slice is labelled. Both parts depend
 * on the margin {@code m = z_o - log Σ_{c≠o} exp z_c} alone: p_o is its logistic function, and dm
 * by z is 1 at o and minus the softmax of the others elsewhere.
 *
 * <p>Here is one pixel. Not safe for threads.
 */
final class LabelTerm {
  private final double[] rest;
  private final float[] others;
  private final Softmax softmax;
  private int organ;
  private double pRest;

  /** log p_o. */
  double logOrgan;

  /** log p_rest. */
  double logRest;

  /** p_o. */
  double pOrgan;

  /**
   * @param channels K+1
   */
  LabelTerm(int channels) {
    this.rest = new double[channels];
    this.others = new float[channels - 1];
    this.softmax = new Softmax(channels - 1, 1);
  }

  /**
   * Takes a pixel's logits, K+1 from {@code at} on.
   *
   * @param annotated the channel of its organ, 1..K
   */
  void load(float[] logits, int at, int annotated) {
    organ = annotated;
    for (int c = 0, other = 0; c < rest.length; c++) {
      if (c != organ) {
        others[other++] = logits[at + c];
      }
    }
    softmax.load(others, 0, 1, 1);
    for (int c = 0, other = 0; c < rest.length; c++) {
      rest[c] = c == organ ? 0 : softmax.p[other++];
    }
    // log Σ exp of the others, from any one of them.
    double margin = logits[at + organ] - (others[0] - softmax.log[0]);
    double less = ExpLog.exp(-Math.abs(margin));
    double excess = ExpLog.log(1 + less);
    double larger = 1 / (1 + less);
    logOrgan = Math.min(margin, 0) - excess;
    logRest = Math.min(-margin, 0) - excess;
    pOrgan = margin > 0 ? larger : less * larger;
    pRest = margin > 0 ? less * larger : larger;
  }

  /**
   * Writes the pixel's gradient by its logits.
   *
   * @param isOrgan y
   * @param crossEntropy weight of its cross-entropy
   * @param dice what times p_o is its part in the loss through Dice
   */
  void write(boolean isOrgan, double crossEntropy, double dice, float[] gradient, int at) {
    double byMargin = crossEntropy * (isOrgan ? -pRest : pOrgan) + dice * pOrgan * pRest;
    for (int c = 0; c < rest.length; c++) {
      gradient[at + c] = (float) (c == organ ? byMargin : -rest[c] * byMargin);
    }
  }
}
