package org.mskd.loss;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.mskd.experiment.Distillation;

/**
 * What the MS-KD loss sees of a batch, to be changed by a test before it makes a graph.
 *
 * @param side height and width of a slice
 * @param strides 2^l of each level that is compared
 * @param logits the student's, {@code [pixel][K+1]}
 * @param teachers {@code [k][pixel][2]}
 * @param maps the student's features, {@code [level][position][CHANNELS]}
 * @param teacherMaps {@code [level][k][position][CHANNELS]}
 * @param classes {@code [pixel]}, 1 where the slice's own organ is
 * @param channels {@code [slice]}, the channel of its own organ or 0
 */
@SuppressWarnings("ArrayRecordComponent")
record LossInputs(
    int batch,
    int side,
    int[] strides,
    double[][] logits,
    double[][][] teachers,
    double[][][] maps,
    double[][][][] teacherMaps,
    int[] classes,
    int[] channels) {
  static final int BATCH = 2;
  static final int SIDE = 8;
  static final int CHANNELS = 6;

  /** Random inputs for K organs at level 1. */
  static LossInputs of(int organs, double spread, long seed) {
    return of(organs, spread, seed, 2);
  }

  static LossInputs of(int organs, double spread, long seed, int... strides) {
    return of(BATCH, SIDE, organs, spread, seed, strides);
  }

  static LossInputs of(int batch, int side, int organs, double spread, long seed, int... strides) {
    SplittableRandom random = new SplittableRandom(seed);
    int pixels = batch * side * side;
    double[][] logits = random(random, pixels, organs + 1, spread);
    double[][][] teachers = new double[organs][][];
    for (int k = 0; k < organs; k++) {
      teachers[k] = random(random, pixels, 2, spread);
      for (double[] pixel : teachers[k]) {
        // Most of an image is background; without this M^B would be empty for many organs.
        pixel[0] += spread;
      }
    }
    double[][][] maps = new double[strides.length][][];
    double[][][][] teacherMaps = new double[strides.length][organs][][];
    for (int level = 0; level < strides.length; level++) {
      int positions = pixels / (strides[level] * strides[level]);
      maps[level] = random(random, positions, CHANNELS, spread);
      for (int k = 0; k < organs; k++) {
        teacherMaps[level][k] = random(random, positions, CHANNELS, spread);
      }
    }
    int[] classes = random.ints(pixels, 0, 2).toArray();
    int[] channels = random.ints(batch, 0, organs + 1).toArray();
    return new LossInputs(
        batch, side, strides, logits, teachers, maps, teacherMaps, classes, channels);
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

  int organs() {
    return teachers.length;
  }

  /** The student's features at the first level. */
  double[][] features() {
    return maps[0];
  }

  /** The teachers' features at the first level. */
  double[][][] teacherFeatures() {
    return teacherMaps[0];
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
    double[] pixel = teachers[k][(image * side + y) * side + x];
    pixel[0] = -1;
    pixel[1] = 2;
    return this;
  }

  /** Teacher k sees its organ everywhere. */
  LossInputs withOrganEverywhere(int k) {
    for (double[] pixel : teachers[k]) {
      pixel[0] = -1;
      pixel[1] = 2;
    }
    return this;
  }

  /** Slices with these organs' labels. */
  LossInputs annotating(int... organChannels) {
    System.arraycopy(organChannels, 0, channels, 0, batch);
    return this;
  }

  /** Rounds all that is compared by order to halves, so that many are equal, some dead. */
  LossInputs withTies() {
    for (double[][] teacher : teachers) {
      round(teacher);
    }
    for (int level = 0; level < maps.length; level++) {
      round(maps[level]);
      Arrays.fill(maps[level][0], 0);
      for (int k = 0; k < organs(); k++) {
        round(teacherMaps[level][k]);
        Arrays.fill(teacherMaps[level][k][(k + 1) % teacherMaps[level][k].length], -0.0);
      }
    }
    return this;
  }

  /** Teachers whose probabilities are 0 and 1 even in double precision. */
  LossInputs withCertainTeachers() {
    for (double[][] teacher : teachers) {
      sharpen(teacher);
    }
    for (double[][][] level : teacherMaps) {
      for (double[][] teacher : level) {
        sharpen(teacher);
      }
    }
    return this;
  }

  private static void round(double[][] values) {
    for (double[] row : values) {
      Arrays.setAll(row, c -> Math.rint(row[c]) / 2);
    }
  }

  private static void sharpen(double[][] values) {
    for (double[] row : values) {
      Arrays.setAll(row, c -> row[c] > 0 ? 1000 : -1000);
    }
  }

  LossGraph graph(Distillation weights) {
    return new LossGraph(weights, this);
  }
}
