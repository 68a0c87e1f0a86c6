package org.mskd.loss;

import java.util.Arrays;
import org.mskd.experiment.Distillation;

/** The closed forms of docs/method.md in double precision; {@code MskdLossTest} differentiates. */
final class ReferenceGradient {
  private ReferenceGradient() {}

  /** By the student's logits, {@code [pixel][K+1]}. */
  static double[][] logits(LossInputs in, Distillation settings) {
    int organs = in.organs();
    int area = in.side() * in.side();
    double t = settings.temperature();
    double[][] gradient = new double[in.logits().length][organs + 1];
    for (int k = 0; k <= organs; k++) {
      double weight = k < organs ? 1 : settings.backgroundWeight();
      int[] counts = new int[in.batch()];
      for (int i = 0; i < gradient.length; i++) {
        counts[i / area] += ReferenceRegions.inside(in, settings.regions(), k, i) ? 1 : 0;
      }
      for (int i = 0; i < gradient.length; i++) {
        if (ReferenceRegions.inside(in, settings.regions(), k, i)) {
          double scale =
              weight * t / ReferenceLoss.norm(settings, counts[i / area], area) / in.batch();
          double[] student = ReferenceLoss.softmax(in.logits()[i], t);
          double[] target = ReferenceLoss.target(in, k, i, t);
          for (int c = 0; c <= organs; c++) {
            gradient[i][c] += scale * (student[c] - target[c]);
          }
        }
      }
    }
    if (settings.usesLabels()) {
      addLabels(in, settings.labelWeight(), gradient);
    }
    return gradient;
  }

  private static void addLabels(LossInputs in, double weight, double[][] gradient) {
    int area = in.side() * in.side();
    long labelled = area * Arrays.stream(in.channels()).filter(c -> c > 0).count();
    long present = Arrays.stream(in.channels()).filter(c -> c > 0).distinct().count();
    double[] overlap = new double[in.organs() + 1];
    double[] size = new double[in.organs() + 1];
    for (int i = 0; i < gradient.length; i++) {
      int organ = in.channels()[i / area];
      double p = ReferenceLoss.softmax(in.logits()[i], 1)[organ];
      overlap[organ] += p * in.classes()[i];
      size[organ] += p + in.classes()[i];
    }
    for (int i = 0; i < gradient.length; i++) {
      int organ = in.channels()[i / area];
      if (organ == 0) {
        continue;
      }
      double[] p = ReferenceLoss.softmax(in.logits()[i], 1);
      double rest = 0;
      for (int c = 0; c < p.length; c++) {
        rest += c == organ ? 0 : p[c];
      }
      int y = in.classes()[i];
      // Quotient rule of -(2 overlap + s) / (size + s).
      double s = size[organ] + 1e-5;
      double byP = -(2 * y * s - (2 * overlap[organ] + 1e-5)) / (s * s) / present;
      for (int c = 0; c < p.length; c++) {
        double target = y == 1 ? (c == organ ? 1 : 0) : (c == organ ? 0 : p[c] / rest);
        double dice = c == organ ? p[organ] * rest : -p[organ] * p[c];
        gradient[i][c] += weight * ((p[c] - target) / labelled + byP * dice);
      }
    }
  }

  /** By the student's features at one of the levels, {@code [position][C]}. */
  static double[][] features(LossInputs in, int level, Distillation settings) {
    double[][] maps = in.maps()[level];
    int stride = in.strides()[level];
    int area = (in.side() / stride) * (in.side() / stride);
    double[][] gradient = new double[maps.length][maps[0].length];
    for (int k = 0; k < in.organs(); k++) {
      int[] counts = new int[in.batch()];
      for (int i = 0; i < maps.length; i++) {
        counts[i / area] += ReferenceRegions.inside(in, settings.regions(), k, i, stride) ? 1 : 0;
      }
      for (int i = 0; i < maps.length; i++) {
        if (ReferenceRegions.inside(in, settings.regions(), k, i, stride)) {
          double scale =
              settings.featureWeight()
                  / ReferenceLoss.norm(settings, counts[i / area], area)
                  / in.batch();
          double[] student = ReferenceLoss.softmax(maps[i], 1);
          double[] target = ReferenceLoss.softmax(in.teacherMaps()[level][k][i], 1);
          Integer[] order = ReferenceLoss.order(maps[i]);
          if (settings.features().sorted()) {
            Arrays.sort(target);
          } else {
            Arrays.setAll(order, c -> c);
          }
          for (int rank = 0; rank < target.length; rank++) {
            gradient[i][order[rank]] += scale * (student[order[rank]] - target[rank]);
          }
        }
      }
    }
    return gradient;
  }
}
