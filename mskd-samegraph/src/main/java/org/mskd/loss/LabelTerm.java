package org.mskd.loss;

/**
 * The hard-label term, which the source does not have: the label of the data set's own organ o. The
 * other channels may be organs that it does not annotate, so they are merged with background by the
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
 * <p>The class computes a run of pixels of one slice. Not thread-safe.
 */
final class LabelTerm {
  private final int channels;
  private final Softmax others;
  private final TeacherProbabilities own;
  private int organ;

  /**
   * @param channels K+1
   * @param most the largest number of pixels per call
   */
  LabelTerm(int channels, int most) {
    this.channels = channels;
    this.others = new Softmax(channels - 1, most);
    this.own = new TeacherProbabilities(1, most);
  }

  /**
   * Sets the pixels' logits.
   *
   * @param logits {@code [count][K+1]}
   * @param annotated the channel of their slice's organ, 1..K
   */
  void load(float[] logits, int count, int annotated) {
    organ = annotated;
    others.loadOthers(logits, organ, count);
    for (int i = 0; i < count; i++) {
      // log Σ exp of the others, from any one of them: channel 0 is never the organ.
      double logRest = logits[i * channels] - others.log[i];
      own.margin[i] = logits[i * channels + organ] - logRest;
    }
    own.compute(count);
  }

  /** log p_o of a pixel. */
  double logOrgan(int i) {
    return own.logOrgan[i];
  }

  /** log p_rest. */
  double logRest(int i) {
    return own.logBackground[i];
  }

  /** p_o. */
  double organ(int i) {
    return own.organ[i];
  }

  /**
   * Writes the gradient with respect to the pixels' logits.
   *
   * @param y each pixel's class, 1 where its organ is
   * @param crossEntropy weight of its cross-entropy
   * @param miss derivative of the Dice term by p_o
   * @param hit added to miss where the pixel is of the organ
   * @param gradient receives {@code [count][K+1]}
   */
  void write(float[] y, int count, double crossEntropy, double miss, double hit, float[] gradient) {
    for (int i = 0; i < count; i++) {
      double p = own.organ[i];
      double rest = own.background[i];
      double byMargin =
          y[i] != 0
              ? -crossEntropy * rest + (miss + hit) * p * rest
              : crossEntropy * p + miss * p * rest;
      own.margin[i] = byMargin;
      gradient[i * channels + organ] = (float) byMargin;
    }
    int plane = 0;
    for (int c = 0; c < channels; c++) {
      if (c != organ) {
        for (int i = 0; i < count; i++) {
          gradient[i * channels + c] = (float) (-others.p[plane + i] * own.margin[i]);
        }
        plane += count;
      }
    }
  }
}
