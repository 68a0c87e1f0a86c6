package org.mskd.loss;

/**
 * Embeddings of a run of pixels: the layer normalisation of a pixel's features v over its D
 * channels, with scale γ and shift β, brought to length 1,
 *
 * <pre>
 * n = (v - mean v) / sqrt(var v + 1e-5),   u = γ n + β,   e = u / |u|
 * </pre>
 *
 * and the derivatives. Channels are stored one after the other, {@code [channel][pixel]}. Not safe
 * for threads.
 */
final class Embedding {
  /** PyTorch's in {@code LayerNorm}. */
  static final double EPSILON = 1e-5;

  /** Shorter vectors have no direction, and no gradient. */
  private static final double LEAST_LENGTH = 1e-12;

  /** e, {@code [D][run]}. */
  final float[] e;

  private final float[] scale;
  private final float[] shift;
  private final float[] normalized;
  private final float[] inverseDeviation = new float[PixelBlocks.RUN];
  private final float[] inverseLength = new float[PixelBlocks.RUN];

  /**
   * @param scale γ, {@code [D]}
   * @param shift β, {@code [D]}
   */
  Embedding(float[] scale, float[] shift) {
    this.scale = scale;
    this.shift = shift;
    this.e = new float[scale.length * PixelBlocks.RUN];
    this.normalized = new float[e.length];
  }

  /** D. */
  int channels() {
    return scale.length;
  }

  /**
   * @param v {@code [run][D]}
   */
  void load(float[] v, int run) {
    int channels = scale.length;
    for (int i = 0; i < run; i++) {
      double sum = 0;
      double squares = 0;
      for (int d = 0; d < channels; d++) {
        sum += v[i * channels + d];
      }
      double mean = sum / channels;
      for (int d = 0; d < channels; d++) {
        double off = v[i * channels + d] - mean;
        squares += off * off;
      }
      double inverse = 1 / Math.sqrt(squares / channels + EPSILON);
      inverseDeviation[i] = (float) inverse;
      double length = 0;
      for (int d = 0; d < channels; d++) {
        float n = (float) ((v[i * channels + d] - mean) * inverse);
        float u = scale[d] * n + shift[d];
        normalized[d * run + i] = n;
        e[d * run + i] = u;
        length += (double) u * u;
      }
      length = Math.sqrt(length);
      inverseLength[i] = length < LEAST_LENGTH ? 0 : (float) (1 / length);
      for (int d = 0; d < channels; d++) {
        e[d * run + i] *= inverseLength[i];
      }
    }
  }

  /**
   * The derivatives of a loss.
   *
   * @param slopes ∂L/∂e, {@code [D][run]}
   * @param v receives ∂L/∂v, {@code [run][D]}
   * @param sums ∂L/∂γ, then ∂L/∂β are added from {@code at} on
   */
  void back(float[] slopes, int run, float[] v, double[] sums, int at) {
    int channels = scale.length;
    for (int i = 0; i < run; i++) {
      double along = 0;
      for (int d = 0; d < channels; d++) {
        along += slopes[d * run + i] * e[d * run + i];
      }
      double mean = 0;
      double meanAlong = 0;
      for (int d = 0; d < channels; d++) {
        double u = (slopes[d * run + i] - along * e[d * run + i]) * inverseLength[i];
        double n = u * scale[d];
        sums[at + d] += u * normalized[d * run + i];
        sums[at + channels + d] += u;
        v[i * channels + d] = (float) n;
        mean += n / channels;
        meanAlong += n * normalized[d * run + i] / channels;
      }
      for (int d = 0; d < channels; d++) {
        double n = v[i * channels + d] - mean - normalized[d * run + i] * meanAlong;
        v[i * channels + d] = (float) (n * inverseDeviation[i]);
      }
    }
  }
}
