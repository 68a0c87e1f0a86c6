package org.mskd.graph;

import java.util.Arrays;
import org.mskd.architecture.DynamicHeadUNet2d;

/**
 * {@link DynamicHead} in a run of pixels. Channels are stored one after the other, so that loops
 * run over pixels and are vectorised. Not safe for threads.
 */
final class HeadPixels {
  /** Pixels of a run. */
  static final int RUN = 256;

  private static final int WIDTH = DynamicHeadUNet2d.FEATURES;

  /** Where W1, W2, w3, b1, b2 and b3 begin. */
  private static final int W1 = 0;

  private static final int W2 = WIDTH * WIDTH;
  private static final int W3 = 2 * WIDTH * WIDTH;
  private static final int B1 = W3 + WIDTH;
  private static final int B2 = B1 + WIDTH;
  private static final int B3 = B2 + WIDTH;

  private final float[] x = new float[WIDTH * RUN];
  private final float[] first = new float[WIDTH * RUN];
  private final float[] second = new float[WIDTH * RUN];
  private final float[] dfirst = new float[WIDTH * RUN];
  private final float[] dsecond = new float[WIDTH * RUN];
  private final float[] dx = new float[WIDTH * RUN];
  private int count;

  /**
   * Takes pixels.
   *
   * @param pixels {@code [count][8]}
   */
  void load(float[] pixels, int pixelCount) {
    count = pixelCount;
    for (int c = 0; c < WIDTH; c++) {
      for (int i = 0; i < count; i++) {
        x[c * RUN + i] = pixels[i * WIDTH + c];
      }
    }
    Arrays.fill(dx, 0);
  }

  /**
   * Applies a head to the pixels.
   *
   * @param heads parameters, from {@code at} on
   * @param y receives the output of each pixel
   */
  void forward(float[] heads, int at, float[] y) {
    layer(heads, at + W1, at + B1, x, first);
    layer(heads, at + W2, at + B2, first, second);
    Arrays.fill(y, 0, count, heads[at + B3]);
    for (int c = 0; c < WIDTH; c++) {
      add(heads[at + W3 + c], second, c * RUN, y, 0);
    }
  }

  private void layer(float[] heads, int weights, int biases, float[] in, float[] out) {
    for (int o = 0; o < WIDTH; o++) {
      int plane = o * RUN;
      Arrays.fill(out, plane, plane + count, heads[biases + o]);
      for (int c = 0; c < WIDTH; c++) {
        add(heads[weights + o * WIDTH + c], in, c * RUN, out, plane);
      }
      for (int i = plane; i < plane + count; i++) {
        out[i] = Math.max(out[i], 0);
      }
    }
  }

  /**
   * The gradient of a head whose {@link #forward} was the last call; {@link #inputGradient} sums
   * that of the pixels over heads.
   *
   * @param dy of each pixel
   * @param sums receives the parameters' gradient, added from {@code to} on
   */
  void backward(float[] heads, int at, float[] dy, double[] sums, int to) {
    sums[to + B3] += sum(dy, 0);
    for (int c = 0; c < WIDTH; c++) {
      sums[to + W3 + c] += product(dy, 0, second, c * RUN);
      Arrays.fill(dsecond, c * RUN, c * RUN + count, 0);
      add(heads[at + W3 + c], dy, 0, dsecond, c * RUN);
    }
    Arrays.fill(dfirst, 0);
    layerBackward(heads, at + W2, new Slopes(second, dsecond, dfirst), first, sums, to + W2);
    addBiases(dsecond, sums, to + B2);
    layerBackward(heads, at + W1, new Slopes(first, dfirst, dx), x, sums, to + W1);
    addBiases(dfirst, sums, to + B1);
  }

  /** A layer's output, the gradient by it, and the gradient by the input, which is added to. */
  @SuppressWarnings("ArrayRecordComponent") // memory, not a value
  private record Slopes(float[] out, float[] dout, float[] din) {}

  private void layerBackward(
      float[] heads, int weights, Slopes slopes, float[] in, double[] sums, int to) {
    for (int o = 0; o < WIDTH; o++) {
      int plane = o * RUN;
      for (int i = plane; i < plane + count; i++) {
        slopes.dout[i] = slopes.out[i] > 0 ? slopes.dout[i] : 0;
      }
      for (int c = 0; c < WIDTH; c++) {
        sums[to + o * WIDTH + c] += product(slopes.dout, plane, in, c * RUN);
        add(heads[weights + o * WIDTH + c], slopes.dout, plane, slopes.din, c * RUN);
      }
    }
  }

  private void addBiases(float[] dout, double[] sums, int to) {
    for (int o = 0; o < WIDTH; o++) {
      sums[to + o] += sum(dout, o * RUN);
    }
  }

  /**
   * @param pixels receives the gradient by the pixels, {@code [count][8]}
   */
  void inputGradient(float[] pixels) {
    for (int c = 0; c < WIDTH; c++) {
      for (int i = 0; i < count; i++) {
        pixels[i * WIDTH + c] = dx[c * RUN + i];
      }
    }
  }

  private void add(float factor, float[] from, int begin, float[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] += factor * from[begin + i];
    }
  }

  private double sum(float[] values, int begin) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[begin + i];
    }
    return sum;
  }

  /** In four sums, since one addition would wait for the other. */
  private double product(float[] one, int begin, float[] other, int at) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += (double) one[begin + i] * other[at + i];
      b += (double) one[begin + i + 1] * other[at + i + 1];
      c += (double) one[begin + i + 2] * other[at + i + 2];
      d += (double) one[begin + i + 3] * other[at + i + 3];
    }
    for (; i < count; i++) {
      a += (double) one[begin + i] * other[at + i];
    }
    return a + b + (c + d);
  }
}
