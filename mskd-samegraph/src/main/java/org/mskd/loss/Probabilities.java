package org.mskd.loss;

import org.mskd.graph.kernel.HostFloats;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network's probabilities as soft targets for another one. */
public final class Probabilities {
  private Probabilities() {}

  /**
   * The softmax over the channels of each pixel.
   *
   * @param logits {@code [batch, height, width, channels]}
   * @param probabilities receives the result, a dense array of the same shape
   */
  public static void of(INDArray logits, INDArray probabilities) {
    int channels = (int) logits.size(3);
    HostFloats given = HostFloats.read(logits);
    of(
        (first, values, count) -> given.get(first * channels, values, count * channels),
        1,
        probabilities);
  }

  /** Logits from anywhere. */
  interface Logits {
    /** Reads those of pixels {@code first .. first+count-1} into the beginning of an array. */
    void get(int first, float[] logits, int count);
  }

  /** As {@link #of(INDArray, INDArray)}, of logits that are divided by a temperature. */
  static void of(Logits logits, double temperature, INDArray probabilities) {
    int channels = (int) probabilities.size(3);
    int pixels = (int) (probabilities.length() / channels);
    try (HostFloats out = HostFloats.write(probabilities)) {
      PixelBlocks.sum(
          pixels,
          0,
          (first, count, none) -> write(logits, first, first + count, channels, temperature, out));
    }
  }

  private static void write(
      Logits logits, int first, int end, int channels, double temperature, HostFloats out) {
    Softmax softmax = new Softmax(channels, PixelBlocks.RUN);
    float[] values = new float[PixelBlocks.RUN * channels];
    int run;
    for (int at = first; at < end; at += run) {
      run = Math.min(PixelBlocks.RUN, end - at);
      logits.get(at, values, run);
      softmax.loadProbabilities(values, run, 1 / temperature);
      for (int i = 0; i < run; i++) {
        for (int c = 0; c < channels; c++) {
          values[i * channels + c] = (float) softmax.p[c * run + i];
        }
      }
      out.put(at * channels, values, run * channels);
    }
  }
}
