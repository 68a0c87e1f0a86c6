package org.mskd.loss;

import java.util.Arrays;
import java.util.Objects;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link DiceCrossEntropyLoss} over a batch. Two passes: the first computes the sums over all
 * pixels that Dice needs, the second computes the gradient. ND4J's own log-softmax is not used: for
 * logits 160 apart its cross-entropy is NaN.
 *
 * <p>Inputs: logits {@code [batch, height, width, channels]}, classes {@code [batch, height,
 * width]}. Terms: cross-entropy, 1 - Dice.
 */
public final class DiceCrossEntropyOp extends ClosedFormLossOp {
  /** For the prototype and for clones of the graph. */
  public DiceCrossEntropyOp() {}

  DiceCrossEntropyOp(SameDiff graph, SDVariable logits, SDVariable classes) {
    super(graph, logits, classes);
  }

  @Override
  public String opName() {
    return "mskd_dice_cross_entropy";
  }

  @Override
  int terms(long[][] inputs) {
    return 2;
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    int pixels = (int) in[1].length();
    HostFloats classes = HostFloats.read(in[1]);
    return evaluate(HostFloats.read(in[0]), classes::get, pixels, channels, terms, gradient);
  }

  /** The classes of the pixels, as constants. */
  interface Classes {
    /** Reads the classes of pixels {@code first .. first+count-1}, each a whole number. */
    void get(int first, float[] classes, int count);
  }

  /** As {@link #evaluate(INDArray[], float[], HostFloats)}, with classes from anywhere. */
  static double evaluate(
      HostFloats logits,
      Classes classes,
      int pixels,
      int channels,
      float[] terms,
      HostFloats gradient) {
    // Sums: cross-entropy, then Σ p y of each channel, then Σ p + Σ y of each channel.
    double[] sums =
        PixelBlocks.sum(
            pixels,
            1 + 2 * channels,
            (first, count, blockSums) ->
                new Pixels(logits, classes, channels).add(first, count, blockSums));
    DiceSlopes slopes = DiceSlopes.of(sums, channels);
    PixelBlocks.sum(
        pixels,
        0,
        (first, count, none) ->
            new Pixels(logits, classes, channels)
                .write(first, count, slopes, 1.0 / pixels, gradient));
    double crossEntropy = sums[0] / pixels;
    terms[0] = (float) crossEntropy;
    terms[1] = (float) (1 - slopes.dice());
    return crossEntropy + 1 - slopes.dice();
  }

  /** A block of pixels, run by run. */
  private static final class Pixels {
    private final HostFloats logits;
    private final Classes classes;
    private final int channels;
    private final Softmax softmax;
    private final float[] z;
    private final float[] y = new float[PixelBlocks.RUN];

    Pixels(HostFloats logits, Classes classes, int channels) {
      this.logits = logits;
      this.classes = classes;
      this.channels = channels;
      this.softmax = new Softmax(channels, PixelBlocks.RUN);
      this.z = new float[PixelBlocks.RUN * channels];
    }

    private int read(int at, int end) {
      int run = Math.min(PixelBlocks.RUN, end - at);
      logits.get(at * channels, z, run * channels);
      classes.get(at, y, run);
      return run;
    }

    void add(int first, int count, double[] sums) {
      // Σ p of each channel, by pixel of the run; channel 0 is not needed.
      double[][] all = new double[channels][PixelBlocks.RUN];
      double[] logs = new double[PixelBlocks.RUN];
      double[] p = softmax.p;
      int run;
      for (int at = first; at < first + count; at += run) {
        run = read(at, first + count);
        softmax.load(z, run, 1);
        for (int c = 1; c < channels; c++) {
          double[] sum = all[c];
          for (int i = 0, j = c * run; i < run; i++) {
            sum[i] += p[j + i];
          }
        }
        for (int i = 0; i < run; i++) {
          int own = Objects.checkIndex((int) y[i], channels);
          logs[i] += softmax.log[own * run + i];
          if (own > 0) {
            sums[1 + own] += p[own * run + i];
            sums[1 + channels + own] += 1;
          }
        }
      }
      sums[0] -= PixelBlocks.total(logs, 0, logs.length);
      for (int c = 1; c < channels; c++) {
        sums[1 + channels + c] += PixelBlocks.total(all[c], 0, PixelBlocks.RUN);
      }
    }

    /** Writes the whole loss's gradient in the block: by the logits, {@code scale = 1/pixels}. */
    void write(int first, int count, DiceSlopes slopes, double scale, HostFloats gradient) {
      double[] miss = slopes.miss();
      double[] hit = slopes.hit();
      double[] p = softmax.p;
      double[] mean = new double[PixelBlocks.RUN];
      int run;
      for (int at = first; at < first + count; at += run) {
        run = read(at, first + count);
        softmax.loadProbabilities(z, run);
        Arrays.fill(mean, 0);
        for (int c = 1; c < channels; c++) {
          for (int i = 0, j = c * run; i < run; i++) {
            mean[i] += miss[c] * p[j + i];
          }
        }
        for (int i = 0; i < run; i++) {
          int own = (int) y[i];
          if (own > 0) {
            mean[i] += hit[own] * p[own * run + i];
          }
        }
        for (int c = 0; c < channels; c++) {
          double slope = scale + miss[c];
          for (int i = 0, j = c * run; i < run; i++) {
            z[i * channels + c] = (float) (p[j + i] * (slope - mean[i]));
          }
        }
        for (int i = 0; i < run; i++) {
          int own = (int) y[i];
          double mine = p[own * run + i];
          z[i * channels + own] =
              (float) ((mine - 1) * scale + mine * (miss[own] + hit[own] - mean[i]));
        }
        gradient.put(at * channels, z, run * channels);
      }
    }
  }
}
