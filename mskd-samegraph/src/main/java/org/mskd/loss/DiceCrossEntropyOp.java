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
            (first, count, blockSums) ->
                addBlock(new Pixels(logits, classes, first, count, channels), blockSums));
    DiceSlopes slopes = DiceSlopes.of(sums, channels);
    PixelBlocks.sum(
        pixels,
        0,
        (first, count, none) -> {
          Pixels block = new Pixels(logits, classes, first, count, channels);
          float[] blockGradient = slopes.gradient(block, pixels);
          gradient.put(first * channels, blockGradient, blockGradient.length);
        });
    double crossEntropy = sums[0] / pixels;
    terms[0] = (float) crossEntropy;
    terms[1] = (float) (1 - slopes.dice);
    return crossEntropy + 1 - slopes.dice;
  }

  private static void addBlock(Pixels block, double[] sums) {
    int channels = block.p.length;
    for (int i = 0; i < block.y.length; i++) {
      int y = block.load(i);
      sums[0] -= block.log[y];
      for (int c = 0; c < channels; c++) {
        sums[1 + channels + c] += block.p[c];
      }
      sums[1 + y] += block.p[y];
      sums[1 + channels + y] += 1;
    }
  }

  /**
   * Dice over all pixels, and what a single pixel does to it.
   *
   * @param miss d(1 - Dice)/dp of each channel where the pixel is not of its class
   * @param hit what is added to it where the pixel is
   */
  private record DiceSlopes(double dice, double[] miss, double[] hit) {
    static DiceSlopes of(double[] sums, int channels) {
      double dice = 0;
      double[] miss = new double[channels];
      double[] hit = new double[channels];
      for (int c = 1; c < channels; c++) {
        double overlap = 2 * sums[1 + c] + SMOOTH;
        double size = sums[1 + channels + c] + SMOOTH;
        dice += overlap / size / (channels - 1);
        miss[c] = overlap / (size * size) / (channels - 1);
        hit[c] = -2 / size / (channels - 1);
      }
      return new DiceSlopes(dice, miss, hit);
    }

    /** The whole loss's gradient in a block, {@code [pixel][channel]}. */
    float[] gradient(Pixels block, int pixels) {
      int channels = miss.length;
      float[] gradient = new float[block.y.length * channels];
      for (int i = 0; i < block.y.length; i++) {
        int y = block.load(i);
        double mean = hit[y] * block.p[y];
        for (int c = 0; c < channels; c++) {
          mean += miss[c] * block.p[c];
        }
        for (int c = 0; c < channels; c++) {
          double one = c == y ? 1 : 0;
          double slope = miss[c] + one * hit[c] - mean;
          gradient[i * channels + c] = (float) ((block.p[c] - one) / pixels + block.p[c] * slope);
        }
      }
      return gradient;
    }
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
