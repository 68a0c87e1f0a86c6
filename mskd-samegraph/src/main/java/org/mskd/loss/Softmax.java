package org.mskd.loss;

import java.util.Arrays;

/**
 * Softmax over the channels of a run of pixels, in double precision, with its logarithm, which is
 * not computed from the probabilities, as those may be 0. One exponential per channel and one
 * logarithm per pixel. Channels are stored one after the other, so that loops run over pixels and
 * are vectorised. Not safe for threads.
 */
final class Softmax {
  final int channels;

  /** Probabilities, {@code [channel][pixel]} flattened. */
  final double[] p;

  /** Their logarithms. */
  final double[] log;

  private final double[] largest;
  private final double[] sum;
  private final double[] scratch;

  /**
   * @param most the largest number of pixels per call
   */
  Softmax(int channels, int most) {
    this.channels = channels;
    this.p = new double[channels * most];
    this.log = new double[channels * most];
    this.largest = new double[most];
    this.sum = new double[most];
    this.scratch = new double[channels * most];
  }

  /**
   * Computes probabilities and logarithms.
   *
   * @param logits {@code [count][channels]}
   * @param inverseTemperature 1/T: logits are divided by T first
   */
  void load(float[] logits, int count, double inverseTemperature) {
    spread(logits, channels, -1, count);
    exponentiate(count, inverseTemperature);
    normalize(count);
    finishLogarithms(count);
  }

  /**
   * Computes probabilities and logarithms at T = 1.
   *
   * @param logits {@code [channel][count]}
   */
  void loadPlanes(float[] logits, int count) {
    for (int i = 0; i < channels * count; i++) {
      log[i] = logits[i];
    }
    exponentiate(count, 1);
    normalize(count);
    finishLogarithms(count);
  }

  /**
   * Computes probabilities and logarithms at T = 1 over all channels but one.
   *
   * @param logits {@code [count][channels + 1]}
   * @param left the channel that is left out
   */
  void loadOthers(float[] logits, int left, int count) {
    spread(logits, channels + 1, left, count);
    exponentiate(count, 1);
    normalize(count);
    finishLogarithms(count);
  }

  /** Computes the probabilities at T = 1 alone. */
  void loadProbabilities(float[] logits, int count) {
    loadProbabilities(logits, count, 1);
  }

  /** Computes the probabilities alone, of logits that are divided by T first. */
  void loadProbabilities(float[] logits, int count, double inverseTemperature) {
    spread(logits, channels, -1, count);
    exponentiate(count, inverseTemperature);
    normalize(count);
  }

  private void spread(float[] logits, int stride, int left, int count) {
    int plane = 0;
    for (int c = 0; c < stride; c++) {
      if (c != left) {
        for (int i = 0; i < count; i++) {
          log[plane + i] = logits[i * stride + c];
        }
        plane += count;
      }
    }
  }

  private void exponentiate(int count, double inverseTemperature) {
    System.arraycopy(log, 0, largest, 0, count);
    for (int plane = count; plane < channels * count; plane += count) {
      for (int i = 0; i < count; i++) {
        largest[i] = Math.max(largest[i], log[plane + i]);
      }
    }
    for (int plane = 0; plane < channels * count; plane += count) {
      for (int i = 0; i < count; i++) {
        log[plane + i] = (log[plane + i] - largest[i]) * inverseTemperature;
      }
    }
    System.arraycopy(log, 0, p, 0, channels * count);
    ExpLog.exp(p, channels * count, scratch);
  }

  /** Divides by the sum over channels, which is kept. */
  private void normalize(int count) {
    Arrays.fill(sum, 0, count, 0);
    for (int plane = 0; plane < channels * count; plane += count) {
      for (int i = 0; i < count; i++) {
        sum[i] += p[plane + i];
      }
    }
    for (int i = 0; i < count; i++) {
      scratch[i] = 1 / sum[i];
    }
    for (int plane = 0; plane < channels * count; plane += count) {
      for (int i = 0; i < count; i++) {
        p[plane + i] *= scratch[i];
      }
    }
  }

  private void finishLogarithms(int count) {
    ExpLog.log(sum, count, scratch);
    for (int plane = 0; plane < channels * count; plane += count) {
      for (int i = 0; i < count; i++) {
        log[plane + i] -= sum[i];
      }
    }
  }
}
