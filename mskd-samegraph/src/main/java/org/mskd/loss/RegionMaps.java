package org.mskd.loss;

import java.util.Arrays;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;
import org.mskd.graph.HostFloats;

/**
 * Where each term of MS-KD counts in a batch (arXiv 2108.02559, section 3.2):
 *
 * <pre>
 * M^k = 1 where teacher k's argmax is its organ,   M^B = Π_k (1 - M^k)
 * </pre>
 *
 * so together they cover the image. Where teachers overlap either all count or, so that the regions
 * are disjoint, the one with the largest organ probability, which is the one with the largest
 * margin of its organ logit; of equals the first. Without masks every term counts everywhere.
 *
 * @param slices in the batch
 * @param width of a slice
 * @param inside {@code [K+1][slices * height * width]}: M^1..M^K, then M^B
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
public record RegionMaps(int slices, int width, boolean[][] inside) {

  /**
   * The regions of a batch.
   *
   * @param margins {@code [slices, height, width, K]} flattened: each teacher's organ logit minus
   *     its background logit
   * @param organs K
   * @param regions whether there are masks, and what happens where teachers overlap
   */
  public static RegionMaps of(float[] margins, int slices, int width, int organs, Regions regions) {
    int pixels = margins.length / organs;
    boolean[][] inside = new boolean[organs + 1][pixels];
    if (!regions.masks()) {
      for (boolean[] map : inside) {
        Arrays.fill(map, true);
      }
    } else {
      boolean winnerOnly = regions.overlap() == Overlap.WINNER;
      PixelBlocks.sum(
          pixels,
          0,
          (first, count, none) -> {
            for (int i = first; i < first + count; i++) {
              int winner = winner(margins, i * organs, organs);
              for (int k = 0; k < organs; k++) {
                inside[k][i] = winnerOnly ? k == winner : margins[i * organs + k] > 0;
              }
              inside[organs][i] = winner < 0;
            }
          });
    }
    return new RegionMaps(slices, width, inside);
  }

  /**
   * The teacher that is surest of its organ in a pixel, of equals the first; -1 where none sees its
   * own. A tie of organ and background is background.
   *
   * @param margins where the pixel's K margins lie, from {@code at} on
   */
  static int winner(float[] margins, int at, int organs) {
    float largest = 0;
    int winner = -1;
    for (int k = 0; k < organs; k++) {
      if (margins[at + k] > largest) {
        largest = margins[at + k];
        winner = k;
      }
    }
    return winner;
  }

  /**
   * @param teachers K logit maps {@code [slices, height, width, 2]}
   * @param pixels in the batch
   */
  static RegionMaps of(HostFloats[] teachers, int slices, int width, int pixels, Regions regions) {
    boolean[][] inside = new boolean[teachers.length + 1][pixels];
    if (!regions.masks()) {
      for (boolean[] map : inside) {
        Arrays.fill(map, true);
      }
    } else {
      PixelBlocks.sum(
          pixels,
          0,
          (first, count, none) ->
              fill(inside, teachers, first, count, regions.overlap() == Overlap.WINNER));
    }
    return new RegionMaps(slices, width, inside);
  }

  private static void fill(
      boolean[][] inside, HostFloats[] teachers, int first, int count, boolean winnerOnly) {
    int organs = teachers.length;
    float[] logits = new float[2 * count];
    double[] largest = new double[winnerOnly ? count : 0];
    int[] winner = new int[largest.length];
    boolean[] background = inside[organs];
    Arrays.fill(background, first, first + count, true);
    for (int k = 0; k < organs; k++) {
      teachers[k].get(2 * first, logits, 2 * count);
      for (int i = 0; i < count; i++) {
        // Organ only where it is strictly the larger: a tie is background.
        if (!(logits[2 * i + 1] > logits[2 * i])) {
          continue;
        }
        if (winnerOnly) {
          double margin = (double) logits[2 * i + 1] - logits[2 * i];
          if (!background[first + i] && margin <= largest[i]) {
            continue;
          }
          inside[winner[i]][first + i] = false;
          largest[i] = margin;
          winner[i] = k;
        }
        inside[k][first + i] = true;
        background[first + i] = false;
      }
    }
  }

  /**
   * The organs' regions M^1..M^K on a grid that is {@code stride} times coarser, {@code M^{k,l}}
   * with stride 2^l. The background's is left out: feature terms have none.
   */
  public RegionMaps coarser(int stride, MaskDownsampling rule) {
    if (stride == 1) {
      return new RegionMaps(slices, width, Arrays.copyOf(inside, inside.length - 1));
    }
    int coarseWidth = width / stride;
    int positions = inside[0].length / (stride * stride);
    boolean[][] coarse = new boolean[inside.length - 1][positions];
    PixelBlocks.sum(
        positions,
        0,
        (first, count, none) -> {
          for (int position = first; position < first + count; position++) {
            // Rows of batch and height run on: row r of the map is row r * stride of the image.
            int pixel = position / coarseWidth * stride * width + position % coarseWidth * stride;
            for (int k = 0; k < coarse.length; k++) {
              coarse[k][position] = square(inside[k], pixel, stride, rule);
            }
          }
        });
    return new RegionMaps(slices, coarseWidth, coarse);
  }

  private boolean square(boolean[] map, int pixel, int stride, MaskDownsampling rule) {
    if (rule == MaskDownsampling.NEAREST) {
      return map[pixel];
    }
    int hits = 0;
    for (int row = 0; row < stride; row++) {
      for (int i = pixel + row * width; i < pixel + row * width + stride; i++) {
        hits += map[i] ? 1 : 0;
      }
    }
    return rule == MaskDownsampling.MAX ? hits > 0 : 2 * hits > stride * stride;
  }

  /**
   * What a pixel of each region counts, relative to one of a mean over all pixels of the batch:
   * {@code [region][slice]}, exactly 1 for {@link LossNormalization#IMAGE} and where the region is
   * the whole slice, else the slice's area over the region's; 0 for a region that is not there.
   */
  double[][] shares(LossNormalization normalization) {
    double[][] shares = new double[inside.length][slices];
    int area = area();
    for (int region = 0; region < inside.length; region++) {
      for (int slice = 0; slice < slices; slice++) {
        if (normalization == LossNormalization.IMAGE) {
          shares[region][slice] = 1;
          continue;
        }
        int count = 0;
        for (int i = slice * area; i < (slice + 1) * area; i++) {
          count += inside[region][i] ? 1 : 0;
        }
        shares[region][slice] = count == 0 ? 0 : (double) area / count;
      }
    }
    return shares;
  }

  /** Pixels a slice. */
  public int area() {
    return inside[0].length / slices;
  }
}
