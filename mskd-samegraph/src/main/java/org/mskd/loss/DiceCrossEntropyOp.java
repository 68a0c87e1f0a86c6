package org.mskd.loss;

import org.mskd.graph.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link DiceCrossEntropyLoss} over a batch. Two walks: the first sums what Dice needs of all
 * pixels, the second makes the gradient. ND4J's own log-softmax is not used: for logits 160 apart
 * its cross-entropy is NaN.
 *
 * <p>Inputs: logits {@code [batch, height, width, channels]}, classes {@code [batch, height,
 * width]}. Terms: cross-entropy, 1 - Dice.
 */
public final class DiceCrossEntropyOp extends ClosedFormLossOp {
  /** Keeps empty batches defined; nnU-Net's value. */
  private static final double SMOOTH = 1e-5;

  /** For prototypes and clones. */
  public DiceCrossEntropyOp() {}

  DiceCrossEntropyOp(SameDiff graph, SDVariable logits, SDVariable classes) {
    super(graph, logits, classes);
  }

  @Override
  public String opName() {
    return "mskd_dice_cross_entropy";
  }

  @Override
  int terms(int inputs) {
    return 2;
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    int pixels = (int) in[1].length();
    HostFloats logits = HostFloats.read(in[0]);
    HostFloats classes = HostFloats.read(in[1]);
    // Sums: cross-entropy, then Σ p y of each channel, then Σ p + Σ y of each channel.
    double[] sums =
        PixelBlocks.sum(
            pixels,
            1 + 2 * channels,
            (first, count, blockSums) -> {
              Pixels block = new Pixels(logits, classes, first, count, channels);
              for (int i = 0; i < count; i++) {
                int y = block.load(i);
                blockSums[0] -= block.log[y];
                for (int c = 0; c < channels; c++) {
                  blockSums[1 + channels + c] += block.p[c];
                }
                blockSums[1 + y] += block.p[y];
                blockSums[1 + channels + y] += 1;
              }
            });
    double dice = 0;
    double[] hit = new double[channels];
    double[] miss = new double[channels];
    for (int c = 1; c < channels; c++) {
      double overlap = 2 * sums[1 + c] + SMOOTH;
      double size = sums[1 + channels + c] + SMOOTH;
      dice += overlap / size / (channels - 1);
      // d(1 - Dice)/dp where the pixel is not of class c, and what is added where it is.
      miss[c] = overlap / (size * size) / (channels - 1);
      hit[c] = -2 / size / (channels - 1);
    }
    gradient(logits, classes, pixels, channels, hit, miss, gradient);
    terms[0] = (float) (sums[0] / pixels);
    terms[1] = (float) (1 - dice);
    return sums[0] / pixels + 1 - dice;
  }

  private static void gradient(
      HostFloats logits,
      HostFloats classes,
      int pixels,
      int channels,
      double[] hit,
      double[] miss,
      HostFloats gradient) {
    PixelBlocks.sum(
        pixels,
        0,
        (first, count, none) -> {
          Pixels block = new Pixels(logits, classes, first, count, channels);
          float[] slopes = new float[count * channels];
          for (int i = 0; i < count; i++) {
            int y = block.load(i);
            double mean = hit[y] * block.p[y];
            for (int c = 0; c < channels; c++) {
              mean += miss[c] * block.p[c];
            }
            for (int c = 0; c < channels; c++) {
              double one = c == y ? 1 : 0;
              double slope = miss[c] + one * hit[c] - mean;
              slopes[i * channels + c] = (float) ((block.p[c] - one) / pixels + block.p[c] * slope);
            }
          }
          gradient.put(first * channels, slopes, slopes.length);
        });
  }

  /** A block of pixels with their probabilities, one pixel at a time. */
  private static final class Pixels {
    final double[] log;
    final double[] p;
    private final float[] z;
    private final float[] y;

    Pixels(HostFloats logits, HostFloats classes, int first, int count, int channels) {
      log = new double[channels];
      p = new double[channels];
      z = new float[count * channels];
      y = new float[count];
      logits.get(first * channels, z, z.length);
      classes.get(first, y, count);
    }

    /** Makes the probabilities of pixel {@code i} and returns its class. */
    int load(int i) {
      LogSoftmax.of(z, i * p.length, p.length, 1, log);
      for (int c = 0; c < p.length; c++) {
        p[c] = Math.exp(log[c]);
      }
      return (int) y[i];
    }
  }
}
