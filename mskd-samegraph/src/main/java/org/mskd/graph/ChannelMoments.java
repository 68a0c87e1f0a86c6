package org.mskd.graph;

import org.mskd.graph.kernel.HostFloats;

/**
 * Mean and sum of squared deviations of each channel over some pixels.
 *
 * <p>Deviations are taken from the mean of the first block, and parts are merged in doubles (Chan,
 * Golub, LeVeque, Updating Formulae, 1979). So a large mean costs the variance nothing, and where
 * the first block is unlike the rest, that difference is itself most of the variance.
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
    int begin = tiling.begin(task);
    int end = tiling.end(task);
    float[] block = tiling.buffer(0);
    int count = Math.min(block.length, end - begin);
    float[] sums = tiling.zeros(1);
    x.get(begin, sums, count);
    tiling.fold(sums);
    float[] center = new float[channels];
    int first = count / channels;
    for (int c = 0; c < channels; c++) {
      center[c] = sums[c] / first;
    }
    float[] centers = tiling.buffer(2);
    tiling.tile(center, centers);
    sums = tiling.zeros(1);
    float[] squares = tiling.zeros(3);
    for (int at = begin; at < end; at += block.length) {
      count = Math.min(block.length, end - at);
      x.get(at, block, count);
      add(block, count, centers, sums, squares);
    }
    tiling.fold(sums);
    tiling.fold(squares);
    ChannelMoments moments = new ChannelMoments(channels);
    moments.pixels = Math.floorDiv((long) end - begin, channels);
    for (int c = 0; c < channels; c++) {
      double off = (double) sums[c] / moments.pixels;
      moments.mean[c] = center[c] + off;
      moments.squares[c] = Math.max(0, squares[c] - off * sums[c]);
    }
    return moments;
  }

  /** Adds other pixels of the same channels. */
  void merge(ChannelMoments other) {
    double all = pixels + other.pixels;
    for (int c = 0; c < mean.length; c++) {
      double apart = other.mean[c] - mean[c];
      mean[c] += apart * other.pixels / all;
      squares[c] += other.squares[c] + apart * apart * pixels * other.pixels / all;
    }
    pixels += other.pixels;
  }

  private static void add(float[] block, int count, float[] center, float[] sums, float[] squares) {
    for (int t = 0; t < count; t++) {
      float d = block[t] - center[t];
      sums[t] += d;
      squares[t] += d * d;
    }
  }
}
