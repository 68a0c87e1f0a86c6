package org.mskd.prediction;

import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceStore;

/**
 * Prediction without optimisation: all scores at once, in double precision, and for each voxel the
 * eight pixels around its centre in millimetres.
 */
public final class PlainPrediction {
  /** The score of a class at a pixel of value v. */
  @FunctionalInterface
  public interface Score {
    double of(int c, double v);
  }

  private final SliceGeometry geometry;
  private final float[] images;
  private final Score score;
  private final int classes;

  public PlainPrediction(SliceStore store, int classes, Score score) {
    this.geometry = store.subject().geometry();
    this.images = new float[store.slices() * geometry.area()];
    for (int slice = 0; slice < store.slices(); slice++) {
      store.image(slice, images, slice * geometry.area());
    }
    this.score = score;
    this.classes = classes;
  }

  /** The scores of all classes at a voxel of the canonical grid. */
  public double[] at(int i, int j, int k) {
    double x = place(i, geometry.nx(), geometry.spacingX(), geometry.columns(), geometry.pixelMm());
    double y = place(j, geometry.ny(), geometry.spacingY(), geometry.rows(), geometry.pixelMm());
    double z = place(k, geometry.nz(), geometry.spacingZ(), geometry.slices(), geometry.sliceMm());
    double[] scores = new double[classes];
    for (int corner = 0; corner < 8; corner++) {
      int column = near(x, corner & 1, geometry.columns());
      int row = near(y, corner >> 1 & 1, geometry.rows());
      int slice = near(z, corner >> 2, geometry.slices());
      double weight = share(x, corner & 1) * share(y, corner >> 1 & 1) * share(z, corner >> 2);
      int side = geometry.sliceSize();
      int at = (slice * side + geometry.firstRow() + row) * side + geometry.firstColumn() + column;
      for (int c = 0; c < classes; c++) {
        scores[c] += weight * score.of(c, images[at]);
      }
    }
    return scores;
  }

  /** Where a voxel's centre lies among pixels' centres; both rows have the same middle. */
  private static double place(int voxel, int voxels, double mm, int pixels, double pixelMm) {
    double fromMiddle = (voxel + 0.5 - voxels / 2.0) * mm;
    return Math.max(0, Math.min(pixels - 1, fromMiddle / pixelMm + pixels / 2.0 - 0.5));
  }

  private static int near(double place, int upper, int pixels) {
    return Math.min(pixels - 1, (int) Math.floor(place) + upper);
  }

  private static double share(double place, int upper) {
    double above = place - Math.floor(place);
    return upper == 1 ? above : 1 - above;
  }

  /** The class with the highest score; the lower one where two are equal. */
  public static int best(double[] scores) {
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return best;
  }
}
