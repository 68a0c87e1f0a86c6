package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link OrganDiceLoss} over a batch. Two passes: the first computes the sums over the pixels of
 * each group of slices, the second the gradient. Inputs and terms are those of {@link
 * OrganBinaryOp}.
 */
public final class OrganDiceOp extends ClosedFormLossOp {
  /** For the prototype and for clones of the graph. */
  public OrganDiceOp() {}

  OrganDiceOp(
      SameDiff graph,
      SDVariable logits,
      SDVariable classes,
      SDVariable rows,
      SDVariable weights,
      int groups) {
    super(graph, logits, classes, rows, weights);
    count(groups);
  }

  @Override
  public String opName() {
    return "mskd_organ_dice";
  }

  @Override
  int terms(long[][] inputs) {
    return (int) countAt(0);
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int groups = terms.length;
    int pixels = (int) in[1].length();
    OrganPixels.Inputs inputs = OrganPixels.Inputs.of(in);
    int channels = inputs.channels();
    int perGroup = pixels / groups;
    int stride = 1 + 3 * channels;
    double[] sums =
        PixelBlocks.sum(
            pixels,
            groups * stride,
            (first, count, blockSums) ->
                new Pixels(inputs, perGroup).add(first, count, blockSums, stride));
    DiceSlopes[] slopes = new DiceSlopes[groups];
    double total = 0;
    for (int group = 0; group < groups; group++) {
      double[] own = Arrays.copyOfRange(sums, group * stride, (group + 1) * stride);
      boolean[] counts = new boolean[channels];
      boolean any = false;
      for (int c = 1; c < channels; c++) {
        counts[c] = own[1 + 2 * channels + c] > 0;
        any |= counts[c];
      }
      slopes[group] = DiceSlopes.of(own, counts);
      terms[group] = any ? (float) (1 - slopes[group].dice()) : 0;
      total += any ? 1 - slopes[group].dice() : 0;
    }
    PixelBlocks.sum(
        pixels,
        0,
        (first, count, none) -> new Pixels(inputs, perGroup).write(first, count, slopes, gradient));
    return total;
  }

  /** A block of pixels, run by run. */
  private static final class Pixels {
    private final OrganPixels pixels;
    private final int channels;
    private final int perGroup;

    Pixels(OrganPixels.Inputs inputs, int perGroup) {
      this.pixels = new OrganPixels(inputs, perGroup);
      this.channels = inputs.channels();
      this.perGroup = perGroup;
    }

    /** The probability of the organ of channel c at a pixel of the run. */
    private double p(int i, int c, double background) {
      return 1 / (1 + Math.exp(background - pixels.z[i * channels + c]));
    }

    /** For each channel: Σ w p t, Σ w (p + t), Σ w, laid out as {@link DiceSlopes} reads them. */
    void add(int first, int count, double[] sums, int stride) {
      int run;
      for (int at = first; at < first + count; at += run) {
        run = pixels.read(at, first + count);
        int group = at / perGroup * stride;
        for (int i = 0; i < run; i++) {
          for (int c = 1; c < channels; c++) {
            double weight = pixels.weight(i, c);
            if (weight > 0) {
              double p = p(i, c, pixels.z[i * channels]);
              double target = pixels.target(i, c);
              sums[group + 1 + c] += weight * p * target;
              sums[group + 1 + channels + c] += weight * (p + target);
              sums[group + 1 + 2 * channels + c] += weight;
            }
          }
        }
      }
    }

    void write(int first, int count, DiceSlopes[] slopes, HostFloats gradient) {
      int run;
      for (int at = first; at < first + count; at += run) {
        run = pixels.read(at, first + count);
        DiceSlopes own = slopes[at / perGroup];
        for (int i = 0; i < run; i++) {
          write(i, own);
        }
        pixels.write(at, run, gradient);
      }
    }

    /** Replaces a pixel's logits by the gradient over them. */
    private void write(int i, DiceSlopes slopes) {
      float[] z = pixels.z;
      double all = 0;
      double background = z[i * channels];
      for (int c = 1; c < channels; c++) {
        double p = p(i, c, background);
        double byP = slopes.miss()[c] + pixels.target(i, c) * slopes.hit()[c];
        double slope = pixels.weight(i, c) * byP * p * (1 - p);
        z[i * channels + c] = (float) slope;
        all += slope;
      }
      z[i * channels] = (float) -all;
    }
  }
}
