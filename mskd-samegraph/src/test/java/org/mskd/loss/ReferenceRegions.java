package org.mskd.loss;

import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;

/** Regions once more, straight from their definitions; nothing shared with the code under test. */
final class ReferenceRegions {
  private ReferenceRegions() {}

  /** Whether the pixel is in the region of a term: of organ k, or of the background for k = K. */
  static boolean inside(LossInputs in, Regions rules, int k, int pixel) {
    if (!rules.masks()) {
      return true;
    }
    int organs = in.organs();
    if (k == organs) {
      for (int other = 0; other < organs; other++) {
        if (claims(in, other, pixel)) {
          return false;
        }
      }
      return true;
    }
    if (!claims(in, k, pixel)) {
      return false;
    }
    for (int other = 0; rules.overlap() == Overlap.WINNER && other < organs; other++) {
      // The background probability's logarithm tells organ probabilities next to 1 apart.
      double mine = logBackground(in.teachers()[k][pixel]);
      double theirs = logBackground(in.teachers()[other][pixel]);
      if (claims(in, other, pixel) && (theirs < mine || (theirs == mine && other < k))) {
        return false;
      }
    }
    return true;
  }

  private static boolean claims(LossInputs in, int k, int pixel) {
    return in.teachers()[k][pixel][1] > in.teachers()[k][pixel][0];
  }

  /** Grows without bound where log(1 - q) would be -Infinity. */
  private static double logBackground(double[] teacher) {
    double margin = teacher[1] - teacher[0];
    return -margin - Math.log1p(Math.exp(-margin));
  }

  /** Whether a position of the map of {@code stride} is in organ k's region there. */
  static boolean inside(LossInputs in, Regions rules, int k, int position, int stride) {
    int map = in.side() / stride;
    int slice = position / (map * map);
    int y = position / map % map * stride;
    int x = position % map * stride;
    int hits = 0;
    for (int dy = 0; dy < stride; dy++) {
      for (int dx = 0; dx < stride; dx++) {
        int pixel = (slice * in.side() + y + dy) * in.side() + x + dx;
        boolean hit = inside(in, rules, k, pixel);
        if (rules.downsampling() == MaskDownsampling.NEAREST && dy == 0 && dx == 0) {
          return hit;
        }
        hits += hit ? 1 : 0;
      }
    }
    return rules.downsampling() == MaskDownsampling.MAX
        ? hits >= 1
        : hits / (double) (stride * stride) > 0.5;
  }
}
