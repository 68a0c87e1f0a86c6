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
 * annotated {@code [batch, K]}. Terms: cross-entropy, 1 - Dice.
 */
public final class MarginalLossOp extends ClosedFormLossOp {
  /** Keeps batches without the organ defined; nnU-Net's value. */
  private static final double SMOOTH = 1e-5;

  /** For prototypes and clones. */
  public MarginalLossOp() {}

  MarginalLossOp(SameDiff graph, SDVariable logits, SDVariable classes, SDVariable annotated) {
    super(graph, logits, classes, annotated);
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
   * @throws IllegalArgumentException where a pixel is of a class that its slice does not annotate
   */
  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    HostFloats logits = HostFloats.read(in[0]);
    Annotations annotations = Annotations.of(in[1], in[2], channels);
    double[] sums =
        PixelBlocks.sum(
            annotations.pixels(),
            1 + 2 * channels,
            (first, count, blockSums) -> add(logits, annotations, first, count, blockSums));
    Slopes slopes = Slopes.of(sums, annotations);
    PixelBlocks.sum(
        annotations.pixels(),
        0,
        (first, count, none) -> write(logits, annotations, first, count, slopes, gradient));
    if (slopes.pixels == 0) {
      return 0;
    }
    double crossEntropy = sums[0] / slopes.pixels;
    terms[0] = (float) crossEntropy;
    terms[1] = (float) (1 - slopes.dice);
    return crossEntropy + 1 - slopes.dice;
  }

  /** Cross-entropy, then Σ p y of each channel, then Σ p + Σ y of each channel. */
  private static void add(
      HostFloats logits, Annotations annotations, int first, int count, double[] sums) {
    int channels = annotations.channels();
    MarginalPixels pixels = new MarginalPixels(channels, PixelBlocks.RUN);
    float[] z = new float[PixelBlocks.RUN * channels];
    float[] y = new float[PixelBlocks.RUN];
    int run;
    for (int at = first; at < first + count; at += run) {
      run = PixelBlocks.run(at, first + count, annotations.area());
      boolean[] annotated = annotations.of(at);
      if (!Annotations.any(annotated)) {
        continue;
      }
      logits.get(at * channels, z, run * channels);
      annotations.classes().get(at, y, run);
      pixels.load(z, run, annotated);
      for (int i = 0; i < run; i++) {
        int own = (int) y[i];
        if (own != 0 && !annotated[own]) {
          throw new IllegalArgumentException(
              "class " + own + " in a slice that does not annotate it");
        }
        sums[0] -= pixels.log(own, i);
      }
      for (int c = 1; c < channels; c++) {
        if (annotated[c]) {
          for (int i = 0; i < run; i++) {
            double p = pixels.p(c, i);
            boolean hit = (int) y[i] == c;
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
      Slopes slopes,
      HostFloats gradient) {
    int channels = annotations.channels();
    MarginalPixels pixels = new MarginalPixels(channels, PixelBlocks.RUN);
    float[] z = new float[PixelBlocks.RUN * channels];
    float[] y = new float[PixelBlocks.RUN];
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
      logits.get(at * channels, z, run * channels);
      annotations.classes().get(at, y, run);
      pixels.load(z, run, annotated);
      for (int i = 0; i < run; i++) {
        int own = (int) y[i];
        double mean = 0;
        for (int c = 1; c < channels; c++) {
          slope[c] = annotated[c] ? slopes.miss[c] + (own == c ? slopes.hit[c] : 0) : 0;
          mean += slope[c] * pixels.p(c, i);
        }
        for (int c = 0; c < channels; c++) {
          double p = pixels.p(c, i);
          double byCrossEntropy = (p - pixels.target(own, c, i)) / slopes.pixels;
          z[i * channels + c] = (float) (byCrossEntropy + p * (slope[c] - mean));
        }
      }
      gradient.put(at * channels, z, run * channels);
    }
  }

  /**
   * Dice, and what one pixel changes in it.
   *
   * @param pixels how many have annotations
   * @param dice mean over the organs that are annotated in the batch
   * @param miss derivative of 1 - Dice by a pixel's probability of an organ that it is not of
   * @param hit what is added to it where the pixel is of the organ
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one step
  private record Slopes(int pixels, double dice, double[] miss, double[] hit) {
    static Slopes of(double[] sums, Annotations annotations) {
      int channels = annotations.channels();
      boolean[] present = new boolean[channels];
      int organs = 0;
      for (int c = 1; c < channels; c++) {
        int channel = c;
        present[c] = Arrays.stream(annotations.annotated()).anyMatch(slice -> slice[channel]);
        organs += present[c] ? 1 : 0;
      }
      double dice = 0;
      double[] miss = new double[channels];
      double[] hit = new double[channels];
      for (int c = 1; c < channels; c++) {
        if (present[c]) {
          double overlap = 2 * sums[1 + c] + SMOOTH;
          double size = sums[1 + channels + c] + SMOOTH;
          dice += overlap / size / organs;
          miss[c] = overlap / (size * size) / organs;
          hit[c] = -2 / size / organs;
        }
      }
      return new Slopes(annotations.annotatedPixels(), dice, miss, hit);
    }
  }
}
