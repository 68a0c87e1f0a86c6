package org.mskd.loss;

/** {@link PrototypeLoss} in double precision, by its definition, without gradients. */
final class ReferencePrototypes {
  private static final double EPSILON = 1e-5;

  final int classes;
  final int prototypes;
  final int channels;

  /** Features, scale and shift of the embedding, scale and shift of the scores. */
  final double[][] learnt;

  final double[] vectors;
  final int[] y;
  final boolean[] labelled;

  ReferencePrototypes(
      int classes,
      int prototypes,
      int channels,
      double[][] learnt,
      double[] vectors,
      int[] y,
      boolean[] labelled) {
    this.classes = classes;
    this.prototypes = prototypes;
    this.channels = channels;
    this.learnt = learnt;
    this.vectors = vectors;
    this.y = y;
    this.labelled = labelled;
  }

  private static double[] normalized(double[] x, double[] scale, double[] shift) {
    double mean = 0;
    double variance = 0;
    for (double value : x) {
      mean += value / x.length;
    }
    for (double value : x) {
      variance += (value - mean) * (value - mean) / x.length;
    }
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = scale[i] * (x[i] - mean) / Math.sqrt(variance + EPSILON) + shift[i];
    }
    return out;
  }

  double[] embedding(int pixel) {
    double[] v = new double[channels];
    System.arraycopy(learnt[0], pixel * channels, v, 0, channels);
    double[] u = normalized(v, learnt[1], learnt[2]);
    double length = 0;
    for (double value : u) {
      length += value * value;
    }
    for (int d = 0; d < channels; d++) {
      u[d] /= Math.sqrt(length);
    }
    return u;
  }

  double[] cosines(int kind, int pixel) {
    double[] e = embedding(pixel);
    double[] s = new double[classes * prototypes];
    for (int p = 0; p < s.length; p++) {
      for (int d = 0; d < channels; d++) {
        s[p] += e[d] * vectors[(kind * s.length + p) * channels + d];
      }
    }
    return s;
  }

  double[] scores(double[] cosines) {
    double[] h = new double[classes];
    for (int c = 0; c < classes; c++) {
      h[c] = Double.NEGATIVE_INFINITY;
      for (int m = 0; m < prototypes; m++) {
        h[c] = Math.max(h[c], cosines[c * prototypes + m]);
      }
    }
    return normalized(h, learnt[3], learnt[4]);
  }

  boolean counts(int kind, int pixel) {
    return y[pixel] >= 0 && (kind == 0 ? y[pixel] == 0 || labelled[pixel] : !labelled[pixel]);
  }

  /** Sinkhorn and Knopp on the whole matrix of a class: the pixels' prototypes, -1 for none. */
  int[] assignment(int kind) {
    int[] found = new int[y.length];
    java.util.Arrays.fill(found, -1);
    for (int k = 0; k < classes; k++) {
      int own = k;
      int[] pixels =
          java.util.stream.IntStream.range(0, y.length)
              .filter(i -> counts(kind, i) && y[i] == own)
              .toArray();
      double[][] q = new double[prototypes][pixels.length];
      double total = 0;
      for (int n = 0; n < pixels.length; n++) {
        double[] s = cosines(kind, pixels[n]);
        for (int m = 0; m < prototypes; m++) {
          q[m][n] = Math.exp(s[k * prototypes + m] / 0.05);
          total += q[m][n];
        }
      }
      for (double[] row : q) {
        for (int n = 0; n < row.length; n++) {
          row[n] /= total;
        }
      }
      for (int iteration = 0; iteration < 3; iteration++) {
        for (double[] row : q) {
          double sum = java.util.Arrays.stream(row).sum();
          for (int n = 0; n < row.length; n++) {
            row[n] /= sum * prototypes;
          }
        }
        for (int n = 0; n < pixels.length; n++) {
          double sum = 0;
          for (double[] row : q) {
            sum += row[n];
          }
          for (double[] row : q) {
            row[n] /= sum * pixels.length;
          }
        }
      }
      for (int n = 0; n < pixels.length; n++) {
        int best = 0;
        for (int m = 1; m < prototypes; m++) {
          best = q[m][n] > q[best][n] ? m : best;
        }
        found[pixels[n]] = k * prototypes + best;
      }
    }
    return found;
  }

  private static double logSoftmax(double[] z, int c) {
    double sum = 0;
    for (double value : z) {
      sum += Math.exp(value);
    }
    return z[c] - Math.log(sum);
  }

  /**
   * The six terms.
   *
   * @param assignments of both kinds
   */
  double[] terms(int[][] assignments) {
    double[] terms = new double[6];
    for (int kind = 0; kind < 2; kind++) {
      int all = 0;
      int own = 0;
      for (int i = 0; i < y.length; i++) {
        if (y[i] >= 0) {
          all++;
          double[] s = cosines(kind, i);
          terms[3 * kind] -= logSoftmax(scores(s), y[i]);
          if (counts(kind, i)) {
            own++;
            int target = assignments[kind][i];
            terms[3 * kind + 1] -= logSoftmax(s, target);
            terms[3 * kind + 2] += (1 - s[target]) * (1 - s[target]);
          }
        }
      }
      terms[3 * kind] /= Math.max(all, 1);
      terms[3 * kind + 1] /= Math.max(own, 1);
      terms[3 * kind + 2] /= Math.max(own, 1);
    }
    return terms;
  }

  /** Sums of the embeddings of pixels that the scores classify right. */
  double[] sums(int[][] assignments) {
    double[] sums = new double[2 * classes * prototypes * channels];
    for (int kind = 0; kind < 2; kind++) {
      for (int i = 0; i < y.length; i++) {
        if (counts(kind, i)) {
          double[] o = scores(cosines(kind, i));
          int best = 0;
          for (int c = 1; c < classes; c++) {
            best = o[c] > o[best] ? c : best;
          }
          double[] e = embedding(i);
          for (int d = 0; best == y[i] && d < channels; d++) {
            sums[(kind * classes * prototypes + assignments[kind][i]) * channels + d] += e[d];
          }
        }
      }
    }
    return sums;
  }
}
