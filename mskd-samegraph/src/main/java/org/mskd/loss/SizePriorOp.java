package org.mskd.loss;

import java.util.Arrays;
import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link SizePriorLoss} over a batch. Two passes: the first sums the probabilities, the second
 * makes the gradient. Inputs: logits {@code [batch, height, width, K+1]}, running mean {@code
 * [K+1]}, rate {@code [1]}. Terms: J, then the new running mean.
 */
public final class SizePriorOp extends ClosedFormLossOp {
  /** A mean nearer to 0 or 1 counts as this far away, so that J and its slopes stay finite. */
  private static final double LEAST = 1e-7;

  /** For prototypes and clones. */
  public SizePriorOp() {}

  SizePriorOp(
      SameDiff graph,
      SDVariable logits,
      SDVariable mean,
      SDVariable rate,
      List<Double> shares,
      int slices) {
    super(graph, logits, mean, rate);
    count(slices);
    shares.forEach(this::attribute);
  }

  @Override
  public String opName() {
    return "mskd_size_prior";
  }

  @Override
  int terms(long[][] inputs) {
    return 1 + (int) inputs[1][0];
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    int area = (int) (in[0].size(1) * in[0].size(2));
    int pixels = (int) countAt(0) * area;
    HostFloats logits = HostFloats.read(in[0]);
    double[] sums =
        PixelBlocks.sum(
            pixels,
            channels,
            (first, count, blockSums) -> add(logits, channels, first, count, blockSums));
    float[] before = HostFloats.copy(in[1]);
    double rate = HostFloats.copy(in[2])[0];
    double[] slopes = new double[channels];
    double loss = 0;
    for (int c = 0; c < channels; c++) {
      double mean = (1 - rate) * before[c] + rate * sums[c] / pixels;
      terms[1 + c] = (float) mean;
      double p = Math.max(LEAST, Math.min(1 - LEAST, mean));
      double q = attributeAt(c);
      loss -= q * Math.log(p) + (1 - q) * Math.log(1 - p);
      slopes[c] = (-q / p + (1 - q) / (1 - p)) / pixels;
    }
    terms[0] = (float) loss;
    int all = (int) in[0].size(0) * area;
    PixelBlocks.sum(
        all, 0, (first, count, none) -> write(logits, slopes, first, count, pixels, gradient));
    return loss;
  }

  /** Adds Σ p of each channel. */
  private static void add(HostFloats logits, int channels, int first, int count, double[] sums) {
    Softmax softmax = new Softmax(channels, PixelBlocks.RUN);
    float[] z = new float[PixelBlocks.RUN * channels];
    int run;
    for (int at = first; at < first + count; at += run) {
      run = Math.min(PixelBlocks.RUN, first + count - at);
      logits.get(at * channels, z, run * channels);
      softmax.loadProbabilities(z, run);
      for (int c = 0; c < channels; c++) {
        sums[c] += PixelBlocks.total(softmax.p, c * run, run);
      }
    }
  }

  /**
   * Writes {@code p_c (s_c - Σ s p)}.
   *
   * @param slopes s, derivative by a pixel's probability of each channel
   * @param counted pixels that count; the others have no gradient
   */
  private static void write(
      HostFloats logits, double[] slopes, int first, int count, int counted, HostFloats gradient) {
    int channels = slopes.length;
    Softmax softmax = new Softmax(channels, PixelBlocks.RUN);
    float[] z = new float[PixelBlocks.RUN * channels];
    int run;
    for (int at = first; at < first + count; at += run) {
      int end = at < counted ? Math.min(counted, first + count) : first + count;
      run = Math.min(PixelBlocks.RUN, end - at);
      if (at >= counted) {
        Arrays.fill(z, 0, run * channels, 0);
      } else {
        logits.get(at * channels, z, run * channels);
        softmax.loadProbabilities(z, run);
        for (int i = 0; i < run; i++) {
          double mean = 0;
          for (int c = 0; c < channels; c++) {
            mean += slopes[c] * softmax.p[c * run + i];
          }
          for (int c = 0; c < channels; c++) {
            z[i * channels + c] = (float) (softmax.p[c * run + i] * (slopes[c] - mean));
          }
        }
      }
      gradient.put(at * channels, z, run * channels);
    }
  }
}
