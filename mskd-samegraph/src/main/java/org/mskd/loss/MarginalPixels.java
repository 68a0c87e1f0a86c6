package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;

/**
 * Reads the classes and the probabilities of a run of pixels of one slice when the channels that
 * the slice does not annotate are merged with the background: {@code p_rest = Σ p_c} over them. Its
 * logarithm is made of the log-softmax, never of the probabilities, which may be 0. Not safe for
 * threads.
 */
final class MarginalPixels {
  /** Logits of the run at first; whoever has read them may write others over them. */
  final float[] z;

  private final HostFloats logits;
  private final Annotations annotations;
  private final int channels;
  private final Softmax softmax;
  private final float[] y = new float[PixelBlocks.RUN];
  private boolean[] annotated = {};

  /** {@code p_c / p_rest} of the channels that are merged, {@code [channel][pixel]} flattened. */
  private final double[] share;

  /** Logarithm of {@code p_rest}. */
  private final double[] logRest;

  private final double[] sum;
  private final double[] exponential;
  private final double[] scratch;
  private int count;

  /**
   * @param logits {@code [batch, height, width, channels]}
   */
  MarginalPixels(HostFloats logits, Annotations annotations) {
    this.logits = logits;
    this.annotations = annotations;
    this.channels = annotations.channels();
    int most = PixelBlocks.RUN;
    this.z = new float[channels * most];
    this.softmax = new Softmax(channels, most);
    this.share = new double[channels * most];
    this.logRest = new double[most];
    this.sum = new double[most];
    this.exponential = new double[most];
    this.scratch = new double[most];
  }

  /**
   * Reads a run and computes everything.
   *
   * @return whether its slice has annotations; if not, nothing is read
   * @throws IllegalArgumentException where a pixel is of a class that its slice does not annotate
   */
  boolean load(int first, int pixels) {
    annotated = annotations.of(first);
    if (!Annotations.any(annotated)) {
      return false;
    }
    count = pixels;
    logits.get(first * channels, z, pixels * channels);
    annotations.classes().get(first, y, pixels);
    for (int i = 0; i < pixels; i++) {
      if (own(i) != 0 && !annotated[own(i)]) {
        throw new IllegalArgumentException(
            "class " + own(i) + " in a slice that does not annotate it");
      }
    }
    compute(pixels);
    return true;
  }

  private void compute(int pixels) {
    softmax.load(z, pixels, 1);
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

  /** Whether the run's slice annotates a channel; never channel 0. */
  boolean annotated(int c) {
    return annotated[c];
  }

  /** The class of a pixel: an annotated channel, or 0. */
  int own(int pixel) {
    return (int) y[pixel];
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
