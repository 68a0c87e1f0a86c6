package org.mskd.loss;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The losses once more, straight from the formulas of arXiv 2108.02559: double precision, loops, no
 * ND4J, nothing shared with the code under test. Logits and features are {@code [pixel][channel]}.
 */
final class ReferenceLoss {
  private ReferenceLoss() {}

  static double[] softmax(double[] z, double temperature) {
    double largest = Arrays.stream(z).max().orElseThrow();
    double[] p = new double[z.length];
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      p[c] = Math.exp((z[c] - largest) / temperature);
      sum += p[c];
    }
    for (int c = 0; c < z.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  /** log softmax by its own formula, so that probabilities that underflow keep their logarithm. */
  static double[] logSoftmax(double[] z, double temperature) {
    double largest = Arrays.stream(z).max().orElseThrow();
    double sum = 0;
    for (double value : z) {
      sum += Math.exp((value - largest) / temperature);
    }
    double[] log = new double[z.length];
    for (int c = 0; c < z.length; c++) {
      log[c] = (z[c] - largest) / temperature - Math.log(sum);
    }
    return log;
  }

  /** q̂^k: teacher k's two probabilities on channels 0 and k of K+1. */
  static double[] lift(double[] teacher, int k, int organs, double temperature) {
    double[] q = softmax(teacher, temperature);
    double[] lifted = new double[organs + 1];
    lifted[0] = q[0];
    lifted[k + 1] = q[1];
    return lifted;
  }

  static double divergence(double[] target, double[] logQ) {
    double sum = 0;
    for (int c = 0; c < target.length; c++) {
      if (target[c] > 0) {
        sum += target[c] * (Math.log(target[c]) - logQ[c]);
      }
    }
    return sum;
  }

  static boolean region(double[] teacher) {
    return teacher[1] > teacher[0];
  }

  /** L^k_logit for k = 0..K-1, then L^B_logit, times T². {@code teachers[k][pixel][2]}. */
  static double[] logitTerms(double[][] student, double[][][] teachers, double temperature) {
    int organs = teachers.length;
    double[] terms = new double[organs + 1];
    for (int i = 0; i < student.length; i++) {
      double[] logQ = logSoftmax(student[i], temperature);
      boolean background = true;
      double[] mean = new double[organs + 1];
      for (int k = 0; k < organs; k++) {
        double[] lifted = lift(teachers[k][i], k, organs, temperature);
        for (int c = 0; c <= organs; c++) {
          mean[c] += lifted[c] / organs;
        }
        if (region(teachers[k][i])) {
          background = false;
          terms[k] += divergence(lifted, logQ);
        }
      }
      if (background) {
        terms[organs] += divergence(mean, logQ);
      }
    }
    for (int t = 0; t < terms.length; t++) {
      terms[t] *= temperature * temperature / student.length;
    }
    return terms;
  }

  /** L^{k,l}_feat; {@code masks[k][position]} is M^{k,l}. */
  static double[] featureTerms(double[][] student, double[][][] teachers, boolean[][] masks) {
    double[] terms = new double[teachers.length];
    for (int k = 0; k < teachers.length; k++) {
      for (int i = 0; i < student.length; i++) {
        if (masks[k][i]) {
          double[] target = softmax(teachers[k][i], 1);
          double[] own = logSoftmax(student[i], 1);
          Arrays.sort(target);
          Arrays.sort(own);
          terms[k] += divergence(target, own);
        }
      }
      terms[k] /= student.length;
    }
    return terms;
  }

  /** Cross-entropy plus one minus the mean soft Dice of channels 1.., over all pixels. */
  static double diceCrossEntropy(double[][] logits, int[] labels) {
    int channels = logits[0].length;
    double crossEntropy = 0;
    double[] intersection = new double[channels];
    double[] sizes = new double[channels];
    for (int i = 0; i < labels.length; i++) {
      double[] p = softmax(logits[i], 1);
      crossEntropy -= logSoftmax(logits[i], 1)[labels[i]] / labels.length;
      for (int c = 0; c < channels; c++) {
        double y = labels[i] == c ? 1 : 0;
        intersection[c] += p[c] * y;
        sizes[c] += p[c] + y;
      }
    }
    double dice = 0;
    for (int c = 1; c < channels; c++) {
      dice += (2 * intersection[c] + 1e-5) / (sizes[c] + 1e-5) / (channels - 1);
    }
    return crossEntropy + 1 - dice;
  }

  /** Channels of one position ordered by value, for tests of ranks. */
  static Integer[] order(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    return order;
  }
}
