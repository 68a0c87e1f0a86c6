package org.mskd.dataset;

/**
 * How one axis is resampled: for each output sample a range of inputs and their weights, which add
 * up to 1. Sample i covers the interval [i, i + 1] of its axis; the output lies centred on the
 * input. Immutable.
 *
 * <p>Where an output is as wide as an input or wider, its weights are the widths of the overlaps
 * (an exact average over its interval, of the part that lies on the input); where it is narrower,
 * the two inputs whose centres enclose its own are interpolated linearly, clamped at the edges.
 */
final class AxisResampling {
  /** Overlaps narrower than this part of an input are rounding errors of the bounds. */
  private static final double NEGLIGIBLE = 1e-6;

  private final int in;
  private final int[] first;
  private final int[] start;
  private final float[] weights;

  private AxisResampling(int in, int[] first, int[] start, float[] weights) {
    this.in = in;
    this.first = first;
    this.start = start;
    this.weights = weights;
  }

  /**
   * @param in number of input samples
   * @param out number of output samples
   * @param scale width of an output in inputs
   */
  static AxisResampling of(int in, int out, double scale) {
    double origin = origin(in, out, scale);
    return scale > 1 - NEGLIGIBLE ? area(in, out, origin, scale) : linear(in, out, origin, scale);
  }

  /** The inverse from {@code out} samples to {@code in}: linear, at the centres of the inputs. */
  static AxisResampling back(int in, int out, double scale) {
    return linear(out, in, -origin(in, out, scale) / scale, 1 / scale);
  }

  /** Where the outputs begin, in inputs; negative where they reach beyond them. */
  private static double origin(int in, int out, double scale) {
    return (in - out * scale) / 2;
  }

  private static AxisResampling area(int in, int out, double origin, double scale) {
    int[] first = new int[out];
    int[] start = new int[out + 1];
    float[] weights = new float[Math.toIntExact((long) out * ((int) Math.ceil(scale) + 1))];
    int used = 0;
    for (int o = 0; o < out; o++) {
      double low = Math.max(0, origin + o * scale);
      double high = Math.min(in, origin + (o + 1) * scale);
      int from = Math.min(in - 1, (int) Math.floor(low + NEGLIGIBLE));
      int to = Math.max(from + 1, Math.min(in, (int) Math.ceil(high - NEGLIGIBLE)));
      first[o] = from;
      double total = 0;
      for (int i = from; i < to; i++) {
        total += overlap(i, low, high);
      }
      for (int i = from; i < to; i++) {
        weights[used++] = (float) (to == from + 1 ? 1 : overlap(i, low, high) / total);
      }
      start[o + 1] = used;
    }
    return new AxisResampling(in, first, start, weights);
  }

  private static double overlap(int i, double low, double high) {
    return Math.max(0, Math.min(i + 1, high) - Math.max(i, low));
  }

  private static AxisResampling linear(int in, int out, double origin, double step) {
    int[] first = new int[out];
    int[] start = new int[out + 1];
    float[] weights = new float[2 * out];
    int used = 0;
    for (int o = 0; o < out; o++) {
      double centre = Math.max(0, Math.min(in - 1, origin + (o + 0.5) * step - 0.5));
      int from = Math.min((int) Math.floor(centre + NEGLIGIBLE), in - 1);
      double upper = Math.max(0, centre - from);
      first[o] = from;
      if (upper < NEGLIGIBLE) {
        weights[used++] = 1;
      } else {
        weights[used++] = (float) (1 - upper);
        weights[used++] = (float) upper;
      }
      start[o + 1] = used;
    }
    return new AxisResampling(in, first, start, weights);
  }

  int inputs() {
    return in;
  }

  int outputs() {
    return first.length;
  }

  /** The first input that output {@code o} is made of. */
  int first(int o) {
    return first[o];
  }

  /** How many inputs output {@code o} is made of. */
  int count(int o) {
    return start[o + 1] - start[o];
  }

  /** The weight of input {@code first(o) + n}. */
  float weight(int o, int n) {
    return weights[start[o] + n];
  }

  /** One row: {@code inputs()} values from {@code source} make {@code outputs()} in target. */
  void row(float[] source, int sourceOffset, float[] target, int targetOffset) {
    for (int o = 0; o < first.length; o++) {
      int input = sourceOffset + first[o];
      float sum = 0;
      for (int w = start[o]; w < start[o + 1]; w++) {
        sum += weights[w] * source[input++];
      }
      target[targetOffset + o] = sum;
    }
  }

  /**
   * Output {@code o} of many axes at once, each value of a row being a sample: input i is {@code
   * source[offset + i * width ...]}, the sum goes to {@code target[0 .. width - 1]}.
   */
  void across(int o, float[] source, int offset, int width, float[] target) {
    for (int n = 0; n < count(o); n++) {
      float weight = weight(o, n);
      int row = offset + (first[o] + n) * width;
      if (n == 0) {
        for (int x = 0; x < width; x++) {
          target[x] = weight * source[row + x];
        }
      } else {
        for (int x = 0; x < width; x++) {
          target[x] += weight * source[row + x];
        }
      }
    }
  }
}
