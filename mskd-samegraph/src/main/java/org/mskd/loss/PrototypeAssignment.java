package org.mskd.loss;

/**
 * Assigns each pixel of a class to one of the class's M prototypes such that all get equal shares,
 * by three iterations of Sinkhorn and Knopp's algorithm (Cuturi, NeurIPS 2013) as in Zhou et al.,
 * <i>Rethinking Semantic Segmentation: A Prototype View</i>, CVPR 2022. With the affinities
 *
 * <pre>
 * E_nm = exp(s_nm / 0.05)
 * </pre>
 *
 * of the pixels n of a class, rows and columns are scaled in turn to equal sums; the columns' last
 * scaling does not change which prototype is a pixel's. So the factors of the prototypes are
 *
 * <pre>
 * a_m ← 1 / Σ_n b_n E_nm,   b_n ← 1 / Σ_m a_m E_nm,   b_n = 1 at first
 * </pre>
 *
 * and a pixel's prototype is argmax_m a_m E_nm, of equal ones the first.
 */
final class PrototypeAssignment {
  private static final double SHARPNESS = 0.05;
  private static final int ITERATIONS = 3;

  private final PrototypeShape shape;
  private final byte[] classes;

  /** How many pixels before each run of {@link PixelBlocks} are assigned. */
  private final int[] rows;

  /** Of the pixels that are assigned, {@code [row][M]}. */
  private final float[] affinities;

  private double[] factors;

  /**
   * @param classes of all pixels; below 0 for one that is not assigned
   */
  PrototypeAssignment(PrototypeShape shape, byte[] classes) {
    this.shape = shape;
    this.classes = classes;
    this.rows = new int[classes.length / PixelBlocks.RUN + 1];
    int assigned = 0;
    for (int i = 0; i < classes.length; i++) {
      if (i % PixelBlocks.RUN == 0) {
        rows[i / PixelBlocks.RUN] = assigned;
      }
      assigned += classes[i] >= 0 ? 1 : 0;
    }
    this.affinities = new float[assigned * shape.prototypes()];
  }

  /** Where the affinities of the pixels from the first one of a run on are. */
  private int begin(int first) {
    return rows[first / PixelBlocks.RUN] * shape.prototypes();
  }

  /** Stores the affinities of a run of pixels to the prototypes of their classes. */
  void add(int first, int run, PrototypeScores scores) {
    int count = shape.prototypes();
    int to = begin(first);
    for (int i = 0; i < run; i++) {
      int own = classes[first + i];
      for (int m = 0; own >= 0 && m < count; m++) {
        affinities[to++] =
            (float) Math.exp(scores.cosines[(own * count + m) * run + i] / SHARPNESS);
      }
    }
  }

  /** To be called once, when all runs are added. */
  void balance() {
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] before = factors;
      double[] shares =
          PixelBlocks.sum(
              classes.length,
              shape.all(),
              (first, count, sums) -> addShares(first, count, before, sums));
      for (int p = 0; p < shares.length; p++) {
        shares[p] = shares[p] > 0 ? 1 / shares[p] : 0;
      }
      factors = shares;
    }
  }

  private void addShares(int first, int count, double[] before, double[] sums) {
    int prototypes = shape.prototypes();
    int at = begin(first);
    for (int i = first; i < first + count; i++) {
      int from = classes[i] * prototypes;
      if (from >= 0) {
        double sum = 0;
        for (int m = 0; m < prototypes; m++) {
          sum += before == null ? 0 : before[from + m] * affinities[at + m];
        }
        double factor = before == null ? 1 : 1 / sum;
        for (int m = 0; m < prototypes; m++) {
          sums[from + m] += factor * affinities[at + m];
        }
        at += prototypes;
      }
    }
  }

  /**
   * The prototypes of a run of pixels, counted over all classes.
   *
   * @param to receives them; -1 for a pixel that is not assigned
   */
  void prototypes(int first, int run, int[] to) {
    int at = begin(first);
    for (int i = 0; i < run; i++) {
      int own = classes[first + i];
      to[i] = own < 0 ? -1 : nearest(own * shape.prototypes(), at);
      at += own < 0 ? 0 : shape.prototypes();
    }
  }

  private int nearest(int from, int at) {
    int best = 0;
    double largest = -1;
    for (int m = 0; m < shape.prototypes(); m++) {
      double value = factors[from + m] * affinities[at + m];
      if (value > largest) {
        largest = value;
        best = m;
      }
    }
    return from + best;
  }
}
