package org.mskd.loss;

import java.util.Arrays;

/**
 * Probabilities of a run of pixels of one slice when the channels that the slice does not annotate
 * are merged with the background: {@code p_rest = Σ p_c} over them. Its logarithm is made of the
 * log-softmax, never of the probabilities, which may be 0. Not safe for threads.
 */
final class MarginalPixels {
  private final int channels;
  private final Softmax softmax;

  /** {@code p_c / p_rest} of the channels that are merged, {@code [channel][pixel]} flattened. */
  private final double[] share;

  /** Logarithm of {@code p_rest}. */
  private final double[] logRest;

  private final double[] sum;
  private final double[] exponential;
  private final double[] scratch;
  private int count;

  /**
   * @param most pixels at once
   */
  MarginalPixels(int channels, int most) {
    this.channels = channels;
    this.softmax = new Softmax(channels, most);
    this.share = new double[channels * most];
    this.logRest = new double[most];
    this.sum = new double[most];
    this.exponential = new double[most];
    this.scratch = new double[most];
  }

  /**
   * Computes everything.
   *
   * @param logits {@code [count][channels]}
   * @param annotated by channel; channel 0 is not
   */
  void load(float[] logits, int pixels, boolean[] annotated) {
    count = pixels;
    softmax.load(logits, pixels, 1);
    Arrays.fill(logRest, 0, pixels, Double.NEGATIVE_INFINITY);
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < pixels && !annotated[c]; i++) {
        logRest[i] = Math.max(logRest[i], softmax.log[c * pixels + i]);
      }
    }
    Arrays.fill(sum, 0, pixels, 0);
    for (int c = 0; c < channels; c++) {
      addShare(c, annotated[c]);
    }
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < pixels; i++) {
        share[c * pixels + i] /= sum[i];
      }
    }
    ExpLog.log(sum, pixels, scratch);
    for (int i = 0; i < pixels; i++) {
      logRest[i] += sum[i];
    }
  }

  /** Logarithms less the largest of them, so that no exponential overflows. */
  private void addShare(int c, boolean annotated) {
    if (annotated) {
      Arrays.fill(share, c * count, (c + 1) * count, 0);
      return;
    }
    for (int i = 0; i < count; i++) {
      exponential[i] = softmax.log[c * count + i] - logRest[i];
    }
    ExpLog.exp(exponential, count, scratch);
    for (int i = 0; i < count; i++) {
      share[c * count + i] = exponential[i];
      sum[i] += exponential[i];
    }
  }

  /** p_c of a pixel. */
  double p(int c, int pixel) {
    return softmax.p[c * count + pixel];
  }

  /** The logarithm of the probability of an annotated channel, or with 0 of the merged ones. */
  double log(int channel, int pixel) {
    return channel == 0 ? logRest[pixel] : softmax.log[channel * count + pixel];
  }

  /**
   * The target of channel c in the cross-entropy's gradient {@code p_c - t_c}.
   *
   * @param own the pixel's class: an annotated channel, or 0 for the merged ones
   */
  double target(int own, int c, int pixel) {
    if (own == 0) {
      return share[c * count + pixel];
    }
    return own == c ? 1 : 0;
  }
}
