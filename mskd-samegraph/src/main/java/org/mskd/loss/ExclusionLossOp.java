package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link ExclusionLoss} over a batch. Two passes: the first sums what both terms need, the second
 * makes the gradient. Sums are made block by block in a fixed order.
 *
 * <p>Inputs: logits {@code [batch, height, width, K+1]}, classes {@code [batch, height, width]},
 * annotated {@code [batch, K]}. Terms: eCE, eDice.
 */
public final class ExclusionLossOp extends ClosedFormLossOp {
  /** For prototypes and clones. */
  public ExclusionLossOp() {}

  ExclusionLossOp(SameDiff graph, SDVariable logits, SDVariable classes, SDVariable annotated) {
    super(graph, logits, classes, annotated);
  }

  @Override
  public String opName() {
    return "mskd_exclusion_loss";
  }

  @Override
  int terms(long[][] inputs) {
    return 2;
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    HostFloats logits = HostFloats.read(in[0]);
    Annotations annotations = Annotations.of(in[1], in[2], channels);
    double[] sums =
        PixelBlocks.sum(
            annotations.pixels(),
            1 + 2 * channels,
            (first, count, blockSums) ->
                new Pixels(logits, annotations).add(first, count, blockSums));
    Slopes slopes = Slopes.of(sums, annotations);
    PixelBlocks.sum(
        annotations.pixels(),
        0,
        (first, count, none) ->
            new Pixels(logits, annotations).write(first, count, slopes, gradient));
    if (slopes.pixels == 0) {
      return 0;
    }
    double crossEntropy = sums[0] / slopes.pixels;
    terms[0] = (float) crossEntropy;
    terms[1] = (float) slopes.dice;
    return crossEntropy + slopes.dice;
  }

  /** A block of pixels, run by run. */
  private static final class Pixels {
    private final HostFloats logits;
    private final Annotations annotations;
    private final int channels;
    private final Softmax softmax;
    private final float[] z;
    private final float[] y = new float[PixelBlocks.RUN];

    Pixels(HostFloats logits, Annotations annotations) {
      this.logits = logits;
      this.annotations = annotations;
      this.channels = annotations.channels();
      this.softmax = new Softmax(channels, PixelBlocks.RUN);
      this.z = new float[PixelBlocks.RUN * channels];
    }

    private void load(int at, int run) {
      logits.get(at * channels, z, run * channels);
      annotations.classes().get(at, y, run);
      softmax.load(z, run, 1);
    }

    /** eCE, then Σ p e of each channel, then Σ p + Σ e of each channel. */
    void add(int first, int count, double[] sums) {
      double[] logs = new double[PixelBlocks.RUN];
      double[] scratch = new double[PixelBlocks.RUN];
      int run;
      for (int at = first; at < first + count; at += run) {
        run = PixelBlocks.run(at, first + count, annotations.area());
        boolean[] annotated = annotations.of(at);
        if (!Annotations.any(annotated)) {
          continue;
        }
        load(at, run);
        for (int c = 1; c < channels; c++) {
          if (annotated[c]) {
            continue;
          }
          for (int i = 0; i < run; i++) {
            double p = softmax.p[c * run + i];
            logs[i] = 1 + p;
            sums[1 + c] += y[i] != 0 ? p : 0;
            sums[1 + channels + c] += y[i] != 0 ? p + 1 : p;
          }
          ExpLog.log(logs, run, scratch);
          for (int i = 0; i < run; i++) {
            sums[0] += y[i] != 0 ? logs[i] : 0;
          }
        }
      }
    }

    void write(int first, int count, Slopes slopes, HostFloats gradient) {
      double[] slope = new double[channels];
      int run;
      for (int at = first; at < first + count; at += run) {
        run = PixelBlocks.run(at, first + count, annotations.area());
        boolean[] annotated = annotations.of(at);
        if (!Annotations.any(annotated)) {
          Arrays.fill(z, 0, run * channels, 0);
          gradient.put(at * channels, z, run * channels);
          continue;
        }
        load(at, run);
        for (int i = 0; i < run; i++) {
          double mean = 0;
          for (int c = 1; c < channels; c++) {
            double p = softmax.p[c * run + i];
            slope[c] = annotated[c] ? 0 : slopes.at(c, p, y[i] != 0);
            mean += slope[c] * p;
          }
          for (int c = 0; c < channels; c++) {
            z[i * channels + c] = (float) (softmax.p[c * run + i] * (slope[c] - mean));
          }
        }
        gradient.put(at * channels, z, run * channels);
      }
    }
  }

  /**
   * eDice, and what one pixel changes in the terms.
   *
   * @param pixels how many have annotations
   * @param dice mean over the organs that some annotated slice does not annotate
   * @param outside derivative of eDice by a pixel's probability where no annotated organ is
   * @param inside what is added to it where one is
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one step
  private record Slopes(int pixels, double dice, double[] outside, double[] inside) {
    static Slopes of(double[] sums, Annotations annotations) {
      int channels = annotations.channels();
      boolean[] missing = new boolean[channels];
      int organs = 0;
      for (int c = 1; c < channels; c++) {
        int channel = c;
        missing[c] =
            Arrays.stream(annotations.annotated())
                .anyMatch(slice -> Annotations.any(slice) && !slice[channel]);
        organs += missing[c] ? 1 : 0;
      }
      double dice = 0;
      double[] outside = new double[channels];
      double[] inside = new double[channels];
      for (int c = 1; c < channels; c++) {
        if (missing[c]) {
          double overlap = 2 * sums[1 + c];
          double size = sums[1 + channels + c] + DiceSlopes.SMOOTH;
          dice += overlap / size / organs;
          outside[c] = -overlap / (size * size) / organs;
          inside[c] = 2 / size / organs;
        }
      }
      return new Slopes(annotations.annotatedPixels(), dice, outside, inside);
    }

    double at(int c, double p, boolean annotatedOrgan) {
      return annotatedOrgan ? outside[c] + inside[c] + 1 / (pixels * (1 + p)) : outside[c];
    }
  }
}
