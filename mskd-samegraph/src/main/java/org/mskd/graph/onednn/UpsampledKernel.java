package org.mskd.graph.onednn;

import java.nio.FloatBuffer;
import org.mskd.graph.kernel.Kernels;

/**
 * A 3x3 convolution of a map up-sampled by two (each pixel a 2x2 square, zero borders) is a
 * transposed convolution of the map itself, stride 2 and padding 1, with a 4x4 kernel: all four
 * copies of a pixel add their taps to the same outputs. That takes 4 instead of 9 multiplications
 * for each output and channel, and no copy.
 *
 * <p>Row y = 2i - 1 + k of the result gets from row i of the map, k = 0 .. 3, the taps t with
 * {@code floor((y + t) / 2) = i}, t = -1 .. 1. So K[k] = W[2 - k] + W[3 - k], where those rows of W
 * exist, and likewise for columns. By symmetry dW[j] = dK[2 - j] + dK[3 - j].
 *
 * @param in the map's channels, the last ones of {@code stored}
 * @param stored input channels of W [3, 3, stored, out]
 * @param out output channels, also of K [4, 4, in, out]
 */
record UpsampledKernel(int in, int stored, int out) {
  static final int SIDE = 4;
  private static final int PLAIN = 3;
  private static final int BLOCK = 1 << 12;

  UpsampledKernel {
    // Both arrays are read by int indices.
    Math.multiplyExact(SIDE * SIDE, Math.multiplyExact(stored, out));
  }

  /** The number of K's weights. */
  int foldedLength() {
    return SIDE * SIDE * in * out;
  }

  /** The number of W's weights. */
  int length() {
    return PLAIN * PLAIN * stored * out;
  }

  /** Computes K. */
  void fold(FloatBuffer weights, FloatBuffer folded) {
    Kernels.parallel(
        SIDE * SIDE,
        to -> add(weights, PLAIN, folded, to * in * out, 2 - to / SIDE, 2 - to % SIDE));
  }

  /** Computes the derivatives by the last {@code in} input channels of W from those by K. */
  void unfold(FloatBuffer folded, FloatBuffer weights) {
    Kernels.parallel(
        PLAIN * PLAIN, to -> add(folded, SIDE, weights, plain(to), 2 - to / PLAIN, 2 - to % PLAIN));
  }

  /** Sums up to four [in, out] matrices, from (row, column) on, of a square of them. */
  private void add(FloatBuffer from, int side, FloatBuffer target, int at, int row, int column) {
    float[] sum = new float[BLOCK];
    float[] part = new float[BLOCK];
    int length = in * out;
    for (int done = 0; done < length; done += BLOCK) {
      int count = Math.min(BLOCK, length - done);
      boolean first = true;
      for (int r = Math.max(0, row); r <= Math.min(side - 1, row + 1); r++) {
        for (int c = Math.max(0, column); c <= Math.min(side - 1, column + 1); c++) {
          int matrix = r * side + c;
          int begin = side == PLAIN ? plain(matrix) : matrix * length;
          from.get(begin + done, first ? sum : part, 0, count);
          for (int i = 0; !first && i < count; i++) {
            sum[i] += part[i];
          }
          first = false;
        }
      }
      target.put(at + done, sum, 0, count);
    }
  }

  /** The index of the first used channel of a tap of W. */
  private int plain(int tap) {
    return (tap * stored + stored - in) * out;
  }
}
