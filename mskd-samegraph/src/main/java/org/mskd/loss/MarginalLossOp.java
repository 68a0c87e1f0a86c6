package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link MarginalLoss} over a batch. Two passes: the first sums what cross-entropy and Dice need,
 * the second makes the gradient. Sums are made block by block in a fixed order.
 *
 * <p>Inputs: logits {@code [batch, height, width, K+1]}, classes {@code [batch, height, width]},
 * annotated {@code [batch, K]}; where slices are mixed also the row of annotated that holds for
 * each pixel, {@code [batch, height, width]}. Terms: cross-entropy, 1 - Dice.
 */
public final class MarginalLossOp extends ClosedFormLossOp {
  /** For prototypes and clones. */
  public MarginalLossOp() {}

  MarginalLossOp(SameDiff graph, SDVariable... inputs) {
    super(graph, inputs);
  }

  @Override
  public String opName() {
    return "mskd_marginal_loss";
  }

  @Override
  int terms(long[][] inputs) {
    return 2;
  }

  /**
   * @throws IllegalArgumentException where a pixel is of a class that its data set does not
   *     annotate
   */
  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    HostFloats logits = HostFloats.read(in[0]);
    Annotations slices = Annotations.of(in[1], in[2], channels);
    Annotations annotations = in.length > 3 ? slices.mixed(in[3]) : slices;
    double[] sums =
        PixelBlocks.sum(
            annotations.pixels(),
            1 + 2 * channels,
            (first, count, blockSums) -> add(logits, annotations, first, count, blockSums));
    DiceSlopes slopes = DiceSlopes.of(sums, annotations.present());
    int counted = annotations.annotatedPixels();
    PixelBlocks.sum(
        annotations.pixels(),
        0,
        (first, count, none) ->
            write(logits, annotations, first, count, slopes, counted, gradient));
    if (counted == 0) {
      return 0;
    }
    double crossEntropy = sums[0] / counted;
    terms[0] = (float) crossEntropy;
    terms[1] = (float) (1 - slopes.dice());
    return crossEntropy + 1 - slopes.dice();
  }

  /** Cross-entropy, then Σ p y of each channel, then Σ p + Σ y of each channel. */
  private static void add(
      HostFloats logits, Annotations annotations, int first, int count, double[] sums) {
    int channels = annotations.channels();
    MarginalPixels pixels = new MarginalPixels(logits, annotations);
    int run;
    for (int at = first; at < first + count; at += run) {
      run = annotations.run(at, first + count);
      if (!pixels.load(at, run)) {
        continue;
      }
      for (int i = 0; i < run; i++) {
        sums[0] -= pixels.log(pixels.own(i), i);
      }
      for (int c = 1; c < channels; c++) {
        if (pixels.annotated(c)) {
          for (int i = 0; i < run; i++) {
            double p = pixels.p(c, i);
            boolean hit = pixels.own(i) == c;
            sums[1 + c] += hit ? p : 0;
            sums[1 + channels + c] += hit ? p + 1 : p;
          }
        }
      }
    }
  }

  private static void write(
      HostFloats logits,
      Annotations annotations,
      int first,
      int count,
      DiceSlopes slopes,
      int counted,
      HostFloats gradient) {
    int channels = annotations.channels();
    MarginalPixels pixels = new MarginalPixels(logits, annotations);
    float[] z = pixels.z;
    double[] slope = new double[channels];
    int run;
    for (int at = first; at < first + count; at += run) {
      run = annotations.run(at, first + count);
      if (!pixels.load(at, run)) {
        Arrays.fill(z, 0, run * channels, 0);
        gradient.put(at * channels, z, run * channels);
        continue;
      }
      for (int i = 0; i < run; i++) {
        int own = pixels.own(i);
        double mean = 0;
        for (int c = 1; c < channels; c++) {
          slope[c] = pixels.annotated(c) ? slopes.miss()[c] + (own == c ? slopes.hit()[c] : 0) : 0;
          mean += slope[c] * pixels.p(c, i);
        }
        for (int c = 0; c < channels; c++) {
          double p = pixels.p(c, i);
          double byCrossEntropy = (p - pixels.target(own, c, i)) / counted;
          z[i * channels + c] = (float) (byCrossEntropy + p * (slope[c] - mean));
        }
      }
      gradient.put(at * channels, z, run * channels);
    }
  }
}
