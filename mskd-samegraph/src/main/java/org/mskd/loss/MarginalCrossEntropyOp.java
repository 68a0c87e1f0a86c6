package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link MarginalCrossEntropy} over a batch, in one pass. Inputs: logits {@code [batch, height,
 * width, K+1]}, classes {@code [batch, height, width]}, annotated {@code [batch, K]}. Term: the
 * cross-entropy.
 */
public final class MarginalCrossEntropyOp extends ClosedFormLossOp {
  /** For prototypes and clones. */
  public MarginalCrossEntropyOp() {}

  MarginalCrossEntropyOp(
      SameDiff graph, SDVariable logits, SDVariable classes, SDVariable annotated) {
    super(graph, logits, classes, annotated);
  }

  @Override
  public String opName() {
    return "mskd_marginal_cross_entropy";
  }

  @Override
  int terms(long[][] inputs) {
    return 1;
  }

  /**
   * @throws IllegalArgumentException where a pixel is of a class that its slice does not annotate
   */
  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    HostFloats logits = HostFloats.read(in[0]);
    Annotations annotations = Annotations.of(in[1], in[2], (int) in[0].size(3));
    // Where nothing is annotated every pixel is skipped, so that the divisor does not matter.
    int pixels = Math.max(1, annotations.annotatedPixels());
    double[] sums =
        PixelBlocks.sum(
            annotations.pixels(),
            1,
            (first, count, blockSums) ->
                process(logits, annotations, first, count, pixels, blockSums, gradient));
    double crossEntropy = sums[0] / pixels;
    terms[0] = (float) crossEntropy;
    return crossEntropy;
  }

  private static void process(
      HostFloats logits,
      Annotations annotations,
      int first,
      int count,
      int annotatedPixels,
      double[] sums,
      HostFloats gradient) {
    int channels = annotations.channels();
    MarginalPixels pixels = new MarginalPixels(logits, annotations);
    float[] z = pixels.z;
    int run;
    for (int at = first; at < first + count; at += run) {
      run = PixelBlocks.run(at, first + count, annotations.area());
      if (pixels.load(at, run)) {
        for (int i = 0; i < run; i++) {
          int own = pixels.own(i);
          sums[0] -= pixels.log(own, i);
          for (int c = 0; c < channels; c++) {
            z[i * channels + c] =
                (float) ((pixels.p(c, i) - pixels.target(own, c, i)) / annotatedPixels);
          }
        }
      } else {
        Arrays.fill(z, 0, run * channels, 0);
      }
      gradient.put(at * channels, z, run * channels);
    }
  }
}
