package org.mskd.graph;

import java.util.Arrays;

/**
 * Mean and sum of squared deviations of each channel over some pixels.
 *
 * <p>Each block is centred on its own mean while it is in the cache, and blocks are merged in
 * doubles (Chan, Golub, LeVeque, Updating Formulae, 1979), so a large mean costs the variance
 * nothing.
 */
final class ChannelMoments {
  final double[] mean;
  final double[] squares;
  private long pixels;

  ChannelMoments(int channels) {
    mean = new double[channels];
    squares = new double[channels];
  }

  /** The moments of one task's pixels. */
  static ChannelMoments of(HostFloats x, Tiling tiling, int task) {
    int channels = tiling.channels();
    ChannelMoments moments = new ChannelMoments(channels);
    float[] block = tiling.buffer(0);
    float[] sums = new float[tiling.width()];
    float[] squares = new float[tiling.width()];
    float[] center = new float[channels];
    double[] sum = new double[channels];
    double[] square = new double[channels];
    int end = tiling.end(task);
    for (int at = tiling.begin(task); at < end; at += block.length) {
      int count = Math.min(block.length, end - at);
      int n = count / channels;
      x.get(at, block, count);
      add(block, count, sums);
      fold(sums, sum);
      for (int c = 0; c < channels; c++) {
        center[c] = (float) (sum[c] / n);
      }
      addCentred(block, count, tiling.tile(center), sums, squares);
      fold(sums, sum);
      fold(squares, square);
      for (int c = 0; c < channels; c++) {
        // The rounded centre is off the mean by sum / n.
        double off = sum[c] / n;
        moments.merge(c, n, center[c] + off, Math.max(0, square[c] - off * sum[c]));
      }
      moments.pixels += n;
    }
    return moments;
  }

  /** Adds other pixels of the same channels. */
  void merge(ChannelMoments other) {
    for (int c = 0; c < mean.length; c++) {
      merge(c, other.pixels, other.mean[c], other.squares[c]);
    }
    pixels += other.pixels;
  }

  private void merge(int c, long n, double otherMean, double otherSquares) {
    double all = pixels + n;
    double apart = otherMean - mean[c];
    mean[c] += apart * n / all;
    squares[c] += otherSquares + apart * apart * pixels * n / all;
  }

  private static void add(float[] block, int count, float[] sums) {
    Arrays.fill(sums, 0);
    int width = sums.length;
    int at = 0;
    for (; at + width <= count; at += width) {
      for (int t = 0; t < width; t++) {
        sums[t] += block[at + t];
      }
    }
    for (int t = 0; at + t < count; t++) {
      sums[t] += block[at + t];
    }
  }

  private static void addCentred(
      float[] block, int count, float[] center, float[] sums, float[] squares) {
    Arrays.fill(sums, 0);
    Arrays.fill(squares, 0);
    int width = sums.length;
    int at = 0;
    for (; at + width <= count; at += width) {
      for (int t = 0; t < width; t++) {
        float d = block[at + t] - center[t];
        sums[t] += d;
        squares[t] += d * d;
      }
    }
    for (int t = 0; at + t < count; t++) {
      float d = block[at + t] - center[t];
      sums[t] += d;
      squares[t] += d * d;
    }
  }

  /** Sums a tile's floats channel by channel. */
  static void fold(float[] tile, double[] channels) {
    Arrays.fill(channels, 0);
    addTo(tile, channels);
  }

  /** Adds a tile's floats to their channels. */
  static void addTo(float[] tile, double[] channels) {
    for (int t = 0; t < tile.length; t += channels.length) {
      for (int c = 0; c < channels.length; c++) {
        channels[c] += tile[t + c];
      }
    }
  }
}
