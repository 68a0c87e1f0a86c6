package org.mskd.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The forward pass of a U-Net with residual encoder blocks and instance normalisation, in double
 * precision and in the plainest form. Maps are {@code [side][side][channels]} flattened.
 */
final class ReferenceUNet {
  private final Map<String, float[]> weights;
  private final int depth;

  /** The outputs of the encoder's blocks, by level. */
  final List<double[]> encoder = new ArrayList<>();

  ReferenceUNet(Map<String, float[]> weights, int depth) {
    this.weights = weights;
    this.depth = depth;
  }

  double[] logits(double[] image, int side) {
    double[] features = image;
    for (int level = 0; level <= depth; level++) {
      int size = side >> level;
      features = level == 0 ? features : pooled(features, size);
      features = residual("encoder." + level, features, size);
      encoder.add(features);
    }
    for (int level = depth - 1; level >= 0; level--) {
      int size = side >> level;
      double[] joined = joined(encoder.get(level), features, size);
      String name = "decoder." + level;
      double[] first = activated(normed(name + ".norm1", conv(name + ".conv1", joined, size)));
      features = activated(normed(name + ".norm2", conv(name + ".conv2", first, size)));
    }
    return conv("head", features, side);
  }

  private double[] residual(String name, double[] input, int size) {
    double[] first = activated(normed(name + ".norm1", conv(name + ".conv1", input, size)));
    double[] second = normed(name + ".norm2", conv(name + ".conv2", first, size));
    double[] skip =
        weights.containsKey(name + ".projection.weight")
            ? normed(name + ".projection.norm", conv(name + ".projection", input, size))
            : input;
    double[] sum = new double[second.length];
    Arrays.setAll(sum, i -> second[i] + skip[i]);
    return activated(sum);
  }

  /** Weights are [kernel, kernel, in, out]. */
  private double[] conv(String name, double[] input, int size) {
    float[] weight = weights.get(name + ".weight");
    float[] bias = weights.get(name + ".bias");
    int in = input.length / (size * size);
    int out = bias.length;
    int kernel = (int) Math.round(Math.sqrt(weight.length / (double) (in * out)));
    double[] result = new double[size * size * out];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        for (int o = 0; o < out; o++) {
          double sum = bias[o];
          for (int ky = 0; ky < kernel; ky++) {
            for (int kx = 0; kx < kernel; kx++) {
              int fromY = y + ky - kernel / 2;
              int fromX = x + kx - kernel / 2;
              if (fromY >= 0 && fromX >= 0 && fromY < size && fromX < size) {
                for (int i = 0; i < in; i++) {
                  sum +=
                      weight[((ky * kernel + kx) * in + i) * out + o]
                          * input[(fromY * size + fromX) * in + i];
                }
              }
            }
          }
          result[(y * size + x) * out + o] = sum;
        }
      }
    }
    return result;
  }

  private double[] normed(String name, double[] input) {
    float[] scale = weights.get(name + ".scale");
    float[] shift = weights.get(name + ".shift");
    int channels = scale.length;
    int pixels = input.length / channels;
    double[] result = new double[input.length];
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      double variance = 0;
      for (int p = 0; p < pixels; p++) {
        mean += input[p * channels + c] / pixels;
      }
      for (int p = 0; p < pixels; p++) {
        variance += Math.pow(input[p * channels + c] - mean, 2) / pixels;
      }
      for (int p = 0; p < pixels; p++) {
        double normal = (input[p * channels + c] - mean) / Math.sqrt(variance + 1e-5);
        result[p * channels + c] = normal * scale[c] + shift[c];
      }
    }
    return result;
  }

  private static double[] activated(double[] input) {
    return Arrays.stream(input).map(v -> v > 0 ? v : 0.01 * v).toArray();
  }

  private static double[] pooled(double[] input, int size) {
    int channels = input.length / (4 * size * size);
    double[] result = new double[size * size * channels];
    for (int i = 0; i < result.length; i++) {
      int c = i % channels;
      int x = i / channels % size;
      int y = i / channels / size;
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < 4; k++) {
        int from = (2 * y + k / 2) * 2 * size + 2 * x + k % 2;
        most = Math.max(most, input[from * channels + c]);
      }
      result[i] = most;
    }
    return result;
  }

  private static double[] joined(double[] skip, double[] low, int size) {
    int skipped = skip.length / (size * size);
    int lower = low.length * 4 / (size * size);
    double[] result = new double[size * size * (skipped + lower)];
    for (int p = 0; p < size * size; p++) {
      int from = p / size / 2 * (size / 2) + p % size / 2;
      System.arraycopy(skip, p * skipped, result, p * (skipped + lower), skipped);
      System.arraycopy(low, from * lower, result, p * (skipped + lower) + skipped, lower);
    }
    return result;
  }
}
