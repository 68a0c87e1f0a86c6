package org.mskd.loss;

import java.util.Objects;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link FocalDiceLoss} over a batch, in two passes: sums, then the gradient. With p the softmax, y
 * the pixel's class and δ Kronecker's,
 *
 * <pre>
 * ∂focal_i/∂z_c = (δ_yc - p_c) (γ (1 - p_y)^(γ-1) p_y log p_y - (1 - p_y)^γ)
 * ∂(1 - Dice)/∂z_c = p_c (d_c - Σ_j p_j d_j),   d_j = ∂(1 - Dice)/∂p_j
 * </pre>
 *
 * <p>Inputs: logits {@code [batch, height, width, channels]}, classes {@code [batch, height,
 * width]}. Terms: focal, 1 - Dice.
 */
public final class FocalDiceOp extends ClosedFormLossOp {
  /** For the prototype and for clones of the graph. */
  public FocalDiceOp() {}

  FocalDiceOp(
      SameDiff graph, SDVariable logits, SDVariable classes, double gamma, double diceWeight) {
    super(graph, logits, classes);
    attribute(gamma);
    attribute(diceWeight);
  }

  @Override
  public String opName() {
    return "mskd_focal_dice";
  }

  @Override
  int terms(long[][] inputs) {
    return 2;
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    int pixels = (int) in[1].length();
    HostFloats logits = HostFloats.read(in[0]);
    HostFloats classes = HostFloats.read(in[1]);
    double gamma = attributeAt(0);
    double diceWeight = attributeAt(1);
    // Sums: focal, then Σ p y of each channel, then Σ p + Σ y of each channel.
    double[] sums =
        PixelBlocks.sum(
            pixels,
            1 + 2 * channels,
            (first, count, blockSums) ->
                new Pixels(logits, classes, channels, gamma).add(first, count, blockSums));
    DiceSlopes slopes = DiceSlopes.of(sums, channels);
    PixelBlocks.sum(
        pixels,
        0,
        (first, count, none) ->
            new Pixels(logits, classes, channels, gamma)
                .write(first, count, slopes, 1.0 / pixels, diceWeight, gradient));
    double focal = sums[0] / pixels;
    terms[0] = (float) focal;
    terms[1] = (float) (1 - slopes.dice());
    return focal + diceWeight * (1 - slopes.dice());
  }

  /** A block of pixels, run by run. */
  private static final class Pixels {
    private final HostFloats logits;
    private final HostFloats classes;
    private final int channels;
    private final double gamma;
    private final Softmax softmax;
    private final float[] z;
    private final float[] y = new float[PixelBlocks.RUN];

    Pixels(HostFloats logits, HostFloats classes, int channels, double gamma) {
      this.logits = logits;
      this.classes = classes;
      this.channels = channels;
      this.gamma = gamma;
      this.softmax = new Softmax(channels, PixelBlocks.RUN);
      this.z = new float[PixelBlocks.RUN * channels];
    }

    private int load(int at, int end) {
      int run = Math.min(PixelBlocks.RUN, end - at);
      logits.get(at * channels, z, run * channels);
      classes.get(at, y, run);
      softmax.load(z, run, 1);
      return run;
    }

    void add(int first, int count, double[] sums) {
      double[] p = softmax.p;
      int run;
      for (int at = first; at < first + count; at += run) {
        run = load(at, first + count);
        for (int i = 0; i < run; i++) {
          int own = Objects.checkIndex((int) y[i], channels);
          sums[0] -= power(rest(own, i, run), gamma) * softmax.log[own * run + i];
          for (int c = 1; c < channels; c++) {
            sums[1 + channels + c] += p[c * run + i];
          }
          if (own > 0) {
            sums[1 + own] += p[own * run + i];
            sums[1 + channels + own] += 1;
          }
        }
      }
    }

    /** 1 - p of the pixel's class, without cancellation where p is near 1. */
    private double rest(int own, int i, int run) {
      double rest = 0;
      for (int c = 0; c < channels; c++) {
        rest += c == own ? 0 : softmax.p[c * run + i];
      }
      return rest;
    }

    void write(
        int first,
        int count,
        DiceSlopes slopes,
        double scale,
        double diceWeight,
        HostFloats gradient) {
      double[] p = softmax.p;
      int run;
      for (int at = first; at < first + count; at += run) {
        run = load(at, first + count);
        for (int i = 0; i < run; i++) {
          int own = (int) y[i];
          double focal = scale * focalSlope(own, i, run);
          double mean = slopes.hit()[own] * p[own * run + i];
          for (int c = 1; c < channels; c++) {
            mean += slopes.miss()[c] * p[c * run + i];
          }
          for (int c = 0; c < channels; c++) {
            double mine = p[c * run + i];
            double dice = slopes.miss()[c] + (c == own ? slopes.hit()[c] : 0) - mean;
            z[i * channels + c] =
                (float) (((c == own ? 1 : 0) - mine) * focal + diceWeight * mine * dice);
          }
        }
        gradient.put(at * channels, z, run * channels);
      }
    }

    /** At the usual γ of 2 no pixel needs the general power. */
    private static double power(double base, double exponent) {
      if (exponent == 2) {
        return base * base;
      }
      return exponent == 1 ? base : Math.pow(base, exponent);
    }

    private double focalSlope(int own, int i, int run) {
      double rest = rest(own, i, run);
      if (rest == 0) {
        return gamma == 0 ? -1 : 0; // the limit; for γ < 1 the factors are infinite and zero
      }
      return power(rest, gamma - 1)
          * (gamma * softmax.p[own * run + i] * softmax.log[own * run + i] - rest);
    }
  }
}
