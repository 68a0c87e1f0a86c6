package org.mskd.loss;

/**
 * How near the embeddings of a run of pixels are to the prototypes of one kind. The class scores
 * are the cosine of the nearest prototype of each class, with a layer normalisation over the C
 * classes:
 *
 * <pre>
 * s_cm = e · P_cm,   h_c = max_m s_cm,   o = γ (h - mean h) / sqrt(var h + 1e-5) + β
 * </pre>
 *
 * and the derivatives. Stored {@code [class or prototype][pixel]}. Not safe for threads.
 */
final class PrototypeScores {
  /** s, {@code [C M][run]}. */
  final float[] cosines;

  /** o, {@code [C][run]}. */
  final float[] scores;

  private final PrototypeShape shape;
  private final float[] prototypes;
  private final int offset;
  private final float[] scale;
  private final float[] shift;
  private final float[] normalized;
  private final int[] nearest;
  private final float[] inverseDeviation = new float[PixelBlocks.RUN];

  /**
   * @param prototypes vectors of length 1; those from {@code offset} on are used
   * @param scale γ, {@code [C]}
   * @param shift β, {@code [C]}
   */
  PrototypeScores(
      PrototypeShape shape, float[] prototypes, int offset, float[] scale, float[] shift) {
    this.shape = shape;
    this.prototypes = prototypes;
    this.offset = offset;
    this.scale = scale;
    this.shift = shift;
    this.cosines = new float[shape.all() * PixelBlocks.RUN];
    this.scores = new float[shape.classes() * PixelBlocks.RUN];
    this.normalized = new float[scores.length];
    this.nearest = new int[scores.length];
  }

  /** Computes the cosines alone. */
  void loadCosines(Embedding embedding, int run) {
    int channels = shape.channels();
    float[] e = embedding.e;
    for (int p = 0; p < shape.all(); p++) {
      int to = p * run;
      for (int i = 0; i < run; i++) {
        cosines[to + i] = 0;
      }
      for (int d = 0; d < channels; d++) {
        float factor = prototypes[offset + p * channels + d];
        for (int i = 0, from = d * run; i < run; i++) {
          cosines[to + i] += factor * e[from + i];
        }
      }
    }
  }

  /** Computes cosines and class scores. */
  void load(Embedding embedding, int run) {
    loadCosines(embedding, run);
    int classes = shape.classes();
    for (int i = 0; i < run; i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        int best = c * shape.prototypes();
        for (int p = best + 1; p < (c + 1) * shape.prototypes(); p++) {
          best = cosines[p * run + i] > cosines[best * run + i] ? p : best;
        }
        nearest[c * run + i] = best;
        sum += cosines[best * run + i];
      }
      double mean = sum / classes;
      double squares = 0;
      for (int c = 0; c < classes; c++) {
        double off = cosines[nearest[c * run + i] * run + i] - mean;
        squares += off * off;
      }
      double inverse = 1 / Math.sqrt(squares / classes + Embedding.EPSILON);
      inverseDeviation[i] = (float) inverse;
      for (int c = 0; c < classes; c++) {
        float n = (float) ((cosines[nearest[c * run + i] * run + i] - mean) * inverse);
        normalized[c * run + i] = n;
        scores[c * run + i] = scale[c] * n + shift[c];
      }
    }
  }

  /** The class of the largest score of a pixel; of equal ones the first. */
  int predicted(int i, int run) {
    int best = 0;
    for (int c = 1; c < shape.classes(); c++) {
      best = scores[c * run + i] > scores[best * run + i] ? c : best;
    }
    return best;
  }

  /**
   * Adds ∂L/∂s of one pixel by its scores.
   *
   * @param slopes ∂L/∂o, {@code [C]}
   * @param to receives it, {@code [C M][run]}
   * @param sums ∂L/∂γ, then ∂L/∂β are added from {@code at} on
   */
  void back(double[] slopes, int i, int run, float[] to, double[] sums, int at) {
    int classes = shape.classes();
    double mean = 0;
    double meanAlong = 0;
    for (int c = 0; c < classes; c++) {
      double n = normalized[c * run + i];
      sums[at + c] += slopes[c] * n;
      sums[at + classes + c] += slopes[c];
      mean += slopes[c] * scale[c] / classes;
      meanAlong += slopes[c] * scale[c] * n / classes;
    }
    for (int c = 0; c < classes; c++) {
      double h = slopes[c] * scale[c] - mean - normalized[c * run + i] * meanAlong;
      to[nearest[c * run + i] * run + i] += (float) (h * inverseDeviation[i]);
    }
  }

  /** Adds ∂L/∂e of a run, {@code [D][run]}, by ∂L/∂s, {@code [C M][run]}. */
  void addEmbeddingSlopes(float[] slopes, int run, float[] to) {
    int channels = shape.channels();
    for (int p = 0; p < shape.all(); p++) {
      for (int d = 0; d < channels; d++) {
        float factor = prototypes[offset + p * channels + d];
        for (int i = 0, from = p * run, at = d * run; i < run; i++) {
          to[at + i] += factor * slopes[from + i];
        }
      }
    }
  }
}
