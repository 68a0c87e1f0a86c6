package org.mskd.loss;

import java.util.SplittableRandom;
import org.mskd.experiment.Distillation;

/**
 * What the MS-KD loss sees of a batch, to be changed by a test before it makes a graph.
 *
 * @param stride 2^l
 * @param logits the student's, {@code [pixel][K+1]}
 * @param teachers {@code [k][pixel][2]}
 * @param features the student's, {@code [position][CHANNELS]}
 * @param teacherFeatures {@code [k][position][CHANNELS]}
 */
@SuppressWarnings("ArrayRecordComponent")
record LossInputs(
    int stride,
    double[][] logits,
    double[][][] teachers,
    double[][] features,
    double[][][] teacherFeatures) {
  static final int BATCH = 2;
  static final int SIDE = 8;
  static final int CHANNELS = 6;

  /** Random or hostile inputs for K organs at level 1. */
  static LossInputs of(int organs, double spread, long seed) {
    return of(organs, spread, seed, 2);
  }

  static LossInputs of(int organs, double spread, long seed, int stride) {
    SplittableRandom random = new SplittableRandom(seed);
    int pixels = BATCH * SIDE * SIDE;
    int positions = pixels / (stride * stride);
    double[][] logits = random(random, pixels, organs + 1, spread);
    double[][] features = random(random, positions, CHANNELS, spread);
    double[][][] teachers = new double[organs][][];
    double[][][] teacherFeatures = new double[organs][][];
    for (int k = 0; k < organs; k++) {
      teachers[k] = random(random, pixels, 2, spread);
      for (int i = 0; i < pixels; i++) {
        // Most of an image is background; without this M^B would be empty for many organs.
        teachers[k][i][0] += spread;
      }
      teacherFeatures[k] = random(random, positions, CHANNELS, spread);
    }
    return new LossInputs(stride, logits, teachers, features, teacherFeatures);
  }

  private static double[][] random(SplittableRandom random, int n, int channels, double spread) {
    double[][] values = new double[n][channels];
    for (double[] row : values) {
      for (int c = 0; c < channels; c++) {
        // As floats, so that the reference sees exactly what the graph sees.
        row[c] = (float) (spread * (2 * random.nextDouble() - 1));
      }
    }
    return values;
  }

  /** No teacher sees its organ anywhere. */
  LossInputs withoutOrgans() {
    for (double[][] teacher : teachers) {
      for (double[] pixel : teacher) {
        pixel[0] = 5;
        pixel[1] = -5;
      }
    }
    return this;
  }

  /** Teacher k sees its organ at one pixel more. */
  LossInputs withOrgan(int k, int image, int y, int x) {
    double[] pixel = teachers[k][(image * SIDE + y) * SIDE + x];
    pixel[0] = -1;
    pixel[1] = 2;
    return this;
  }

  boolean[][] masks() {
    int map = SIDE / stride;
    boolean[][] masks = new boolean[teachers.length][BATCH * map * map];
    for (int k = 0; k < masks.length; k++) {
      for (int i = 0; i < masks[k].length; i++) {
        int b = i / (map * map);
        int y = i / map % map;
        int x = i % map;
        int pixel = (b * SIDE + y * stride) * SIDE + x * stride;
        masks[k][i] = ReferenceLoss.region(teachers[k][pixel]);
      }
    }
    return masks;
  }

  LossGraph graph(Distillation weights) {
    return new LossGraph(weights, BATCH, SIDE, stride, logits, teachers, features, teacherFeatures);
  }
}
