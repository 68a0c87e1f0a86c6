package org.mskd.doctor;

import java.util.Arrays;

/** The layers in plain Java, [height, width, channels] of one image at a time, in doubles. */
final class PlainLayers {
  private PlainLayers() {}

  /** A 3x3 convolution, stride 1, borders padded with zeros; weights [3, 3, in, out]. */
  static double[] convolution(double[] x, int side, int in, float[] weights, int out) {
    double[] y = new double[side * side * out];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        for (int k = 0; k < 9; k++) {
          int r = row + k / 3 - 1;
          int c = column + k % 3 - 1;
          if (r < 0 || c < 0 || r >= side || c >= side) {
            continue;
          }
          for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
              y[(row * side + column) * out + o] +=
                  x[(r * side + c) * in + i] * weights[(k * in + i) * out + o];
            }
          }
        }
      }
    }
    return y;
  }

  /** The maximum of each 2x2 square. */
  static double[] pool(double[] x, int side, int channels) {
    int half = side / 2;
    double[] y = new double[half * half * channels];
    Arrays.fill(y, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < x.length; i++) {
      int row = i / channels / side / 2;
      int column = i / channels % side / 2;
      int at = (row * half + column) * channels + i % channels;
      y[at] = Math.max(y[at], x[i]);
    }
    return y;
  }

  /** Each pixel as a 2x2 square. */
  static double[] up(double[] x, int side, int channels) {
    double[] y = new double[4 * x.length];
    for (int i = 0; i < y.length; i++) {
      int row = i / channels / (2 * side) / 2;
      int column = i / channels % (2 * side) / 2;
      y[i] = x[(row * side + column) * channels + i % channels];
    }
    return y;
  }

  /** The channels of {@code x}, then those of its double. */
  static double[] joinedWithItsDouble(double[] x, int channels) {
    double[] y = new double[2 * x.length];
    for (int i = 0; i < x.length; i++) {
      int at = i / channels * 2 * channels + i % channels;
      y[at] = x[i];
      y[at + channels] = 2 * x[i];
    }
    return y;
  }

  /** Instance normalisation with scale 1 and shift 0, then LeakyReLU of slope 0.01. */
  static double[] norm(double[] x, int channels) {
    double[] y = new double[x.length];
    int pixels = x.length / channels;
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int i = c; i < x.length; i += channels) {
        mean += x[i] / pixels;
      }
      double variance = 0;
      for (int i = c; i < x.length; i += channels) {
        variance += (x[i] - mean) * (x[i] - mean) / pixels;
      }
      for (int i = c; i < x.length; i += channels) {
        double z = (x[i] - mean) / Math.sqrt(variance + 1e-5);
        y[i] = z > 0 ? z : 0.01 * z;
      }
    }
    return y;
  }

  /** Softmax over the channels. */
  static double[] softmax(double[] x, int channels) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i += channels) {
      double sum = 0;
      for (int c = i; c < i + channels; c++) {
        sum += Math.exp(x[c]);
      }
      for (int c = i; c < i + channels; c++) {
        y[c] = Math.exp(x[c]) / sum;
      }
    }
    return y;
  }
}
