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
    int pixels = (int) (logits.length() / channels);
    HostFloats in = HostFloats.read(logits);
    try (HostFloats out = HostFloats.write(probabilities)) {
      PixelBlocks.sum(
          pixels, 0, (first, count, none) -> write(in, first, first + count, channels, out));
    }
  }

  private static void write(HostFloats logits, int first, int end, int channels, HostFloats out) {
    Softmax softmax = new Softmax(channels, PixelBlocks.RUN);
    float[] values = new float[PixelBlocks.RUN * channels];
    int run;
    for (int at = first; at < end; at += run) {
      run = Math.min(PixelBlocks.RUN, end - at);
      logits.get(at * channels, values, run * channels);
      softmax.loadProbabilities(values, run);
      for (int i = 0; i < run; i++) {
        for (int c = 0; c < channels; c++) {
          values[i * channels + c] = (float) softmax.p[c * run + i];
        }
      }
      out.put(at * channels, values, run * channels);
    }
  }
}
