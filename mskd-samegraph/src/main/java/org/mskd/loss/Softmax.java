package org.mskd.loss;

/**
 * Softmax over the channels of a run of pixels, in double precision, with its logarithm, which is
 * never taken of the probabilities: those may be 0. One exponential a channel and one logarithm a
 * pixel. Not safe for threads.
 */
final class Softmax {
  final int channels;

  /** Probabilities, {@code [pixel][channel]} flattened. */
  final double[] p;

  /** Their logarithms. */
  final double[] log;

  /**
   * @param most pixels at once
   */
  Softmax(int channels, int most) {
    this.channels = channels;
    this.p = new double[channels * most];
    this.log = new double[channels * most];
  }

  /**
   * Computes both.
   *
   * @param logits {@code [count][channels]} from {@code at} on
   * @param inverseTemperature 1/T: logits are divided by T first
   */
  void load(float[] logits, int at, int count, double inverseTemperature) {
    exponentiate(logits, at, count, inverseTemperature);
    for (int i = 0; i < count; i++) {
      double sum = normalize(i);
      double normalizer = ExpLog.log(sum);
      for (int j = i * channels; j < (i + 1) * channels; j++) {
        log[j] -= normalizer;
      }
    }
  }

  /** Computes the probabilities at T = 1 alone. */
  void loadProbabilities(float[] logits, int at, int count) {
    exponentiate(logits, at, count, 1);
    for (int i = 0; i < count; i++) {
      normalize(i);
    }
  }

  private void exponentiate(float[] logits, int at, int count, double inverseTemperature) {
    for (int i = 0; i < count; i++) {
      int first = at + i * channels;
      float largest = logits[first];
      for (int c = 1; c < channels; c++) {
        largest = logits[first + c] > largest ? logits[first + c] : largest;
      }
      for (int c = 0; c < channels; c++) {
        log[i * channels + c] = ((double) logits[first + c] - largest) * inverseTemperature;
      }
    }
    // One loop without dependencies over all of them.
    for (int j = 0; j < count * channels; j++) {
      p[j] = ExpLog.exp(log[j]);
    }
  }

  /** Divides a pixel's exponentials by their sum, which it returns. */
  private double normalize(int i) {
    double sum = 0;
    for (int j = i * channels; j < (i + 1) * channels; j++) {
      sum += p[j];
    }
    double inverse = 1 / sum;
    for (int j = i * channels; j < (i + 1) * channels; j++) {
      p[j] *= inverse;
    }
    return sum;
  }
}
