package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link LabelTerm} over a batch, times its weight. Two passes: the first computes the sums that
 * Dice needs, the second computes the gradient.
 *
 * <p>Inputs: the student's logits {@code [batch, height, width, K+1]}, classes {@code [batch,
 * height, width]}, 1 where a slice's own organ is, and channels {@code [batch]}, each slice's
 * organ's channel 1..K or 0 where it has no label. Terms: cross-entropy, 1 - Dice.
 */
public final class LabelLossOp extends ClosedFormLossOp {
  /** Keeps batches without the organ defined; nnU-Net's value. */
  private static final double SMOOTH = 1e-5;

  /** For the prototype and for clones of the graph. */
  public LabelLossOp() {}

  LabelLossOp(
      SameDiff graph, double weight, SDVariable logits, SDVariable classes, SDVariable channels) {
    super(graph, logits, classes, channels);
    attribute(weight);
  }

  @Override
  public String opName() {
    return "mskd_label_loss";
  }

  @Override
  int terms(long[][] inputs) {
    return 2;
  }

  /**
   * @throws IllegalArgumentException where a slice's channel is not one of the student's
   */
  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    Maps maps = Maps.of(in, gradient);
    double[] sums =
        PixelBlocks.sum(
            maps.pixels(),
            1 + 2 * maps.channels,
            (first, count, blockSums) -> addBlock(maps, first, count, blockSums));
    Slopes slopes = Slopes.of(sums, maps);
    double weight = attributeAt(0);
    PixelBlocks.sum(
        maps.pixels(), 0, (first, count, none) -> write(maps, first, count, weight, slopes));
    if (slopes.labelled == 0) {
      return 0;
    }
    double crossEntropy = sums[0] / slopes.labelled;
    terms[0] = (float) crossEntropy;
    terms[1] = (float) (1 - slopes.dice);
    return weight * (crossEntropy + 1 - slopes.dice);
  }

  /** Cross-entropy, then Σ p y of each channel, then Σ p + Σ y of each channel. */
  private static void addBlock(Maps maps, int first, int count, double[] sums) {
    Runs runs = new Runs(maps);
    int run;
    for (int at = first; at < first + count; at += run) {
      run = PixelBlocks.run(at, first + count, maps.area);
      int organ = maps.organ(at);
      if (organ == 0) {
        continue;
      }
      runs.load(at, run, organ);
      double crossEntropy = 0;
      double overlap = 0;
      double size = 0;
      for (int i = 0; i < run; i++) {
        boolean y = runs.classes[i] != 0;
        double p = runs.term.organ(i);
        crossEntropy -= y ? runs.term.logOrgan(i) : runs.term.logRest(i);
        overlap += y ? p : 0;
        size += y ? p + 1 : p;
      }
      sums[0] += crossEntropy;
      sums[1 + organ] += overlap;
      sums[1 + maps.channels + organ] += size;
    }
  }

  private static void write(Maps maps, int first, int count, double weight, Slopes slopes) {
    Runs runs = new Runs(maps);
    int run;
    for (int at = first; at < first + count; at += run) {
      run = PixelBlocks.run(at, first + count, maps.area);
      int organ = maps.organ(at);
      if (organ == 0) {
        Arrays.fill(runs.logits, 0);
      } else {
        runs.load(at, run, organ);
        runs.term.write(
            runs.classes,
            run,
            weight / slopes.labelled,
            weight * slopes.miss[organ],
            weight * slopes.hit[organ],
            runs.logits);
      }
      maps.gradient.put(at * maps.channels, runs.logits, run * maps.channels);
    }
  }

  /** One thread's buffers for its runs of pixels; a run's gradient overwrites its logits. */
  private static final class Runs {
    private final Maps maps;
    final float[] logits;
    final float[] classes = new float[PixelBlocks.RUN];
    final LabelTerm term;

    Runs(Maps maps) {
      this.maps = maps;
      this.logits = new float[PixelBlocks.RUN * maps.channels];
      this.term = new LabelTerm(maps.channels, PixelBlocks.RUN);
    }

    void load(int at, int run, int organ) {
      maps.z.get(at * maps.channels, logits, run * maps.channels);
      maps.y.get(at, classes, run);
      term.load(logits, run, organ);
    }
  }

  /**
   * Dice, and its derivatives by a single pixel.
   *
   * @param labelled the number of pixels with a label
   * @param dice mean over the organs annotated in the batch
   * @param miss d(1 - Dice)/dp of an organ where the pixel is not of it
   * @param hit added to miss where the pixel is
   */
  private record Slopes(int labelled, double dice, double[] miss, double[] hit) {
    static Slopes of(double[] sums, Maps maps) {
      int channels = maps.channels;
      int labelled = (int) Arrays.stream(maps.organs).filter(organ -> organ > 0).count();
      long present = Arrays.stream(maps.organs).filter(organ -> organ > 0).distinct().count();
      double dice = 0;
      double[] miss = new double[channels];
      double[] hit = new double[channels];
      for (int organ : Arrays.stream(maps.organs).filter(o -> o > 0).distinct().toArray()) {
        double overlap = 2 * sums[1 + organ] + SMOOTH;
        double size = sums[1 + channels + organ] + SMOOTH;
        dice += overlap / size / present;
        miss[organ] = overlap / (size * size) / present;
        hit[organ] = -2 / size / present;
      }
      return new Slopes(labelled * maps.area, dice, miss, hit);
    }
  }

  /**
   * The inputs and the gradient.
   *
   * @param area pixels per slice
   * @param organs each slice's channel, 0 for none
   */
  private record Maps(
      int channels, int area, HostFloats z, HostFloats y, int[] organs, HostFloats gradient) {
    static Maps of(INDArray[] in, HostFloats gradient) {
      int channels = (int) in[0].size(3);
      float[] given = HostFloats.copy(in[2]);
      int[] organs = new int[given.length];
      for (int slice = 0; slice < organs.length; slice++) {
        organs[slice] = (int) given[slice];
        if (!(given[slice] >= 0 && given[slice] < channels)) {
          throw new IllegalArgumentException(
              "slice %d of the batch annotates channel %s; the student has %d"
                  .formatted(slice, given[slice], channels));
        }
      }
      int area = (int) (in[1].length() / organs.length);
      return new Maps(
          channels, area, HostFloats.read(in[0]), HostFloats.read(in[1]), organs, gradient);
    }

    int pixels() {
      return area * organs.length;
    }

    int organ(int pixel) {
      return organs[pixel / area];
    }
  }
}
