package org.mskd.loss;

import java.util.Arrays;
import java.util.Comparator;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.LossNormalization;

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

  /** L^k_logit for k = 0..K-1, then L^B_logit, times T². */
  static double[] logitTerms(LossInputs in, Distillation settings) {
    int organs = in.organs();
    double t = settings.temperature();
    double[] terms = new double[organs + 1];
    int area = in.side() * in.side();
    for (int slice = 0; slice < in.batch(); slice++) {
      double[] sums = new double[organs + 1];
      int[] counts = new int[organs + 1];
      for (int i = slice * area; i < (slice + 1) * area; i++) {
        double[] logQ = logSoftmax(in.logits()[i], t);
        for (int k = 0; k <= organs; k++) {
          if (ReferenceRegions.inside(in, settings.regions(), k, i)) {
            sums[k] += divergence(target(in, k, i, t), logQ);
            counts[k]++;
          }
        }
      }
      for (int k = 0; k <= organs; k++) {
        terms[k] += t * t * sums[k] / norm(settings, counts[k], area) / in.batch();
      }
    }
    return terms;
  }

  /** q̂^k, or q̂^B for k = K. */
  static double[] target(LossInputs in, int k, int pixel, double temperature) {
    int organs = in.organs();
    if (k < organs) {
      return lift(in.teachers()[k][pixel], k, organs, temperature);
    }
    double[] mean = new double[organs + 1];
    for (int other = 0; other < organs; other++) {
      double[] lifted = lift(in.teachers()[other][pixel], other, organs, temperature);
      for (int c = 0; c <= organs; c++) {
        mean[c] += lifted[c] / organs;
      }
    }
    return mean;
  }

  /** What a slice's sum is divided by; anything but 0 where there is nothing to divide. */
  static double norm(Distillation settings, int count, int area) {
    return settings.normalization() == LossNormalization.IMAGE ? area : Math.max(1, count);
  }

  /** L^{k,l}_feat for k = 0..K-1 at one of the levels. */
  static double[] featureTerms(LossInputs in, int level, Distillation settings) {
    int stride = in.strides()[level];
    int area = (in.side() / stride) * (in.side() / stride);
    double[] terms = new double[in.organs()];
    for (int k = 0; k < terms.length; k++) {
      for (int slice = 0; slice < in.batch(); slice++) {
        double sum = 0;
        int count = 0;
        for (int i = slice * area; i < (slice + 1) * area; i++) {
          if (ReferenceRegions.inside(in, settings.regions(), k, i, stride)) {
            double[] target = softmax(in.teacherMaps()[level][k][i], 1);
            double[] own = logSoftmax(in.maps()[level][i], 1);
            if (settings.features().sorted()) {
              Arrays.sort(target);
              Arrays.sort(own);
            }
            sum += divergence(target, own);
            count++;
          }
        }
        terms[k] += sum / norm(settings, count, area) / in.batch();
      }
    }
    return terms;
  }

  /** Cross-entropy and 1 - Dice of each slice's own organ against all else; 0 without labels. */
  static double[] labelTerms(LossInputs in) {
    int area = in.side() * in.side();
    double crossEntropy = 0;
    int pixels = 0;
    double dice = 0;
    int present = 0;
    for (int organ = 1; organ <= in.organs(); organ++) {
      double overlap = 0;
      double size = 0;
      boolean annotated = false;
      for (int i = 0; i < in.logits().length; i++) {
        if (in.channels()[i / area] != organ) {
          continue;
        }
        annotated = true;
        pixels++;
        double[] p = softmax(in.logits()[i], 1);
        double rest = 0;
        for (int c = 0; c < p.length; c++) {
          rest += c == organ ? 0 : p[c];
        }
        boolean y = in.classes()[i] == 1;
        crossEntropy -= Math.log(y ? p[organ] : rest);
        overlap += y ? p[organ] : 0;
        size += p[organ] + (y ? 1 : 0);
      }
      if (annotated) {
        present++;
        dice += (2 * overlap + 1e-5) / (size + 1e-5);
      }
    }
    return present == 0 ? new double[2] : new double[] {crossEntropy / pixels, 1 - dice / present};
  }

  /** The weighted sum of all terms. */
  static double total(LossInputs in, Distillation settings) {
    double[] logit = logitTerms(in, settings);
    double total = settings.backgroundWeight() * logit[in.organs()];
    for (int k = 0; k < in.organs(); k++) {
      total += logit[k];
    }
    for (int level = 0; settings.usesFeatures() && level < in.strides().length; level++) {
      total += settings.featureWeight() * Arrays.stream(featureTerms(in, level, settings)).sum();
    }
    return settings.usesLabels()
        ? total + settings.labelWeight() * Arrays.stream(labelTerms(in)).sum()
        : total;
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

  /** Channels of one position ordered by value, equal ones (0 and -0 too) by number. */
  static Integer[] order(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i] + 0.0));
    return order;
  }
}
