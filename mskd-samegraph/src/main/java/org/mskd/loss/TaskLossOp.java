package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link TaskLoss} over a batch. Two passes: the first sums what cross-entropy and Dice need, the
 * second makes the gradient. Logarithms are made of the logits, never of probabilities.
 *
 * <p>Inputs: logits {@code [batch, height, width, 1]}, classes {@code [batch, height, width]},
 * tasks {@code [batch, 1, K]}. Terms: cross-entropy, 1 - Dice.
 */
public final class TaskLossOp extends ClosedFormLossOp {
  /** For prototypes and clones. */
  public TaskLossOp() {}

  TaskLossOp(SameDiff graph, SDVariable logits, SDVariable classes, SDVariable tasks) {
    super(graph, logits, classes, tasks);
  }

  @Override
  public String opName() {
    return "mskd_task_loss";
  }

  @Override
  int terms(long[][] inputs) {
    return 2;
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    Tasks tasks = Tasks.of(in);
    int pixels = (int) in[1].length();
    HostFloats logits = HostFloats.read(in[0]);
    HostFloats classes = HostFloats.read(in[1]);
    // Cross-entropy, then Σ p y of each organ, then Σ p + Σ y of each organ.
    double[] sums =
        PixelBlocks.sum(
            pixels,
            1 + 2 * tasks.organs,
            (first, count, blockSums) ->
                new Pixels(logits, classes, tasks).add(first, count, blockSums));
    DiceSlopes slopes = DiceSlopes.of(sums, tasks.present());
    int counted = tasks.pixels();
    PixelBlocks.sum(
        pixels,
        0,
        (first, count, none) ->
            new Pixels(logits, classes, tasks).write(first, count, slopes, counted, gradient));
    if (counted == 0) {
      return 0;
    }
    double crossEntropy = sums[0] / counted;
    terms[0] = (float) crossEntropy;
    terms[1] = (float) (1 - slopes.dice());
    return crossEntropy + 1 - slopes.dice();
  }

  /**
   * The slices' tasks.
   *
   * @param area pixels per slice
   * @param organ of each slice, 0 .. K-1, or -1 for none
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one step
  private record Tasks(int area, int organs, int[] organ) {
    static Tasks of(INDArray[] in) {
      int slices = (int) in[2].size(0);
      int organs = (int) in[2].size(2);
      if (in[0].length() != in[1].length() || in[2].size(1) != 1) {
        throw new IllegalArgumentException(
            "logits %s for classes %s and tasks %s"
                .formatted(
                    Arrays.toString(in[0].shape()),
                    Arrays.toString(in[1].shape()),
                    Arrays.toString(in[2].shape())));
      }
      float[] given = HostFloats.copy(in[2]);
      int[] organ = new int[slices];
      Arrays.fill(organ, -1);
      for (int i = 0; i < given.length; i++) {
        if (given[i] != 0) {
          organ[i / organs] = i % organs;
        }
      }
      return new Tasks((int) (in[1].length() / slices), organs, organ);
    }

    /** The organ of a pixel's slice, or -1. */
    int of(int pixel) {
      return organ[pixel / area];
    }

    /** Which organs are the task of any slice. */
    boolean[] present() {
      boolean[] present = new boolean[organs];
      for (int k : organ) {
        if (k >= 0) {
          present[k] = true;
        }
      }
      return present;
    }

    /** Pixels of the slices that have a task. */
    int pixels() {
      return area * (int) Arrays.stream(organ).filter(k -> k >= 0).count();
    }
  }

  /** A block of pixels, run by run; a run does not cross slices. */
  private static final class Pixels {
    private final HostFloats logits;
    private final HostFloats classes;
    private final Tasks tasks;
    private final TeacherProbabilities p = new TeacherProbabilities(1, PixelBlocks.RUN);
    private final float[] z = new float[PixelBlocks.RUN];
    private final float[] y = new float[PixelBlocks.RUN];

    Pixels(HostFloats logits, HostFloats classes, Tasks tasks) {
      this.logits = logits;
      this.classes = classes;
      this.tasks = tasks;
    }

    /** Probabilities of a logit are those of a margin, and the rest is the background. */
    private void load(int at, int run) {
      logits.get(at, z, run);
      classes.get(at, y, run);
      p.load(z, run, 1);
    }

    void add(int first, int count, double[] sums) {
      int run;
      for (int at = first; at < first + count; at += run) {
        run = PixelBlocks.run(at, first + count, tasks.area);
        int organ = tasks.of(at);
        if (organ < 0) {
          continue;
        }
        load(at, run);
        double logs = 0;
        double both = 0;
        double either = 0;
        for (int i = 0; i < run; i++) {
          boolean own = y[i] == organ + 1;
          logs += own ? p.logOrgan[i] : p.logBackground[i];
          both += own ? p.organ[i] : 0;
          either += own ? p.organ[i] + 1 : p.organ[i];
        }
        sums[0] -= logs;
        sums[1 + organ] += both;
        sums[1 + tasks.organs + organ] += either;
      }
    }

    /**
     * Writes the whole loss's gradient in the block.
     *
     * @param counted pixels of the slices that have a task
     */
    void write(int first, int count, DiceSlopes slopes, int counted, HostFloats gradient) {
      int run;
      for (int at = first; at < first + count; at += run) {
        run = PixelBlocks.run(at, first + count, tasks.area);
        int organ = tasks.of(at);
        if (organ < 0) {
          Arrays.fill(z, 0, run, 0);
          gradient.put(at, z, run);
          continue;
        }
        load(at, run);
        for (int i = 0; i < run; i++) {
          boolean own = y[i] == organ + 1;
          double byCrossEntropy = (own ? -p.background[i] : p.organ[i]) / counted;
          double byDice = slopes.miss()[organ] + (own ? slopes.hit()[organ] : 0);
          z[i] = (float) (byCrossEntropy + byDice * p.organ[i] * p.background[i]);
        }
        gradient.put(at, z, run);
      }
    }
  }
}
