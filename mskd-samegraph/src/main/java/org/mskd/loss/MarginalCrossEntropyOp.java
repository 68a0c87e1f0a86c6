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
                new Block(logits, annotations, pixels).process(first, count, blockSums, gradient));
    double crossEntropy = sums[0] / pixels;
    terms[0] = (float) crossEntropy;
    return crossEntropy;
  }

  /** A block of pixels, run by run. */
  private static final class Block {
    private final HostFloats logits;
    private final Annotations annotations;
    private final int annotatedPixels;
    private final int channels;
    private final MarginalPixels pixels;
    private final float[] z;
    private final float[] y = new float[PixelBlocks.RUN];

    Block(HostFloats logits, Annotations annotations, int annotatedPixels) {
      this.logits = logits;
      this.annotations = annotations;
      this.annotatedPixels = annotatedPixels;
      this.channels = annotations.channels();
      this.pixels = new MarginalPixels(channels, PixelBlocks.RUN);
      this.z = new float[PixelBlocks.RUN * channels];
    }

    void process(int first, int count, double[] sums, HostFloats gradient) {
      int run;
      for (int at = first; at < first + count; at += run) {
        run = PixelBlocks.run(at, first + count, annotations.area());
        boolean[] annotated = annotations.of(at);
        if (Annotations.any(annotated)) {
          logits.get(at * channels, z, run * channels);
          annotations.classes().get(at, y, run);
          pixels.load(z, run, annotated);
          for (int i = 0; i < run; i++) {
            sums[0] -= pixel(i, annotated);
          }
        } else {
          Arrays.fill(z, 0, run * channels, 0);
        }
        gradient.put(at * channels, z, run * channels);
      }
    }

    /** Writes the gradient of a pixel over its logits; returns its log-probability. */
    private double pixel(int i, boolean[] annotated) {
      int own = (int) y[i];
      if (own != 0 && !annotated[own]) {
        throw new IllegalArgumentException(
            "class " + own + " in a slice that does not annotate it");
      }
      for (int c = 0; c < channels; c++) {
        z[i * channels + c] =
            (float) ((pixels.p(c, i) - pixels.target(own, c, i)) / annotatedPixels);
      }
      return pixels.log(own, i);
    }
  }
}
