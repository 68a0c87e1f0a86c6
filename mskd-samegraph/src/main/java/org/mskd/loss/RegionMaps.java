package org.mskd.loss;

import java.util.Arrays;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Regions;
import org.mskd.graph.kernel.Kernels;

/**
 * The pixels of a batch in which each term of MS-KD counts, by {@link RegionRule}. With masks the
 * regions together cover the image.
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
   * @param margins {@code [slices, height, width, K]} flattened, see {@link Margins}
   * @param organs K
   * @param regions whether there are masks, and the rule where they overlap
   */
  public static RegionMaps of(float[] margins, int slices, int width, int organs, Regions regions) {
    int pixels = margins.length / organs;
    boolean[][] inside = new boolean[organs + 1][pixels];
    RegionRule rule = RegionRule.of(organs, regions);
    PixelBlocks.sum(
        pixels,
        0,
        (first, count, none) -> {
          for (int i = first; i < first + count; i++) {
            for (int k = 0; k < organs; k++) {
              inside[k][i] = rule.organ(margins, i * organs, k);
            }
            inside[organs][i] = rule.background(margins, i * organs);
          }
        });
    return new RegionMaps(slices, width, inside);
  }

  /**
   * The organs' regions M^1..M^K on a grid that is {@code stride} times coarser, {@code M^{k,l}}
   * with stride 2^l. There is no background region, as feature terms have none.
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
            // Rows are counted over batch and height: row r of the map is row r * stride of the
            // image.
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

  /** The number of pixels of each slice in each region: {@code [slice][region]}. */
  int[][] counts() {
    int[][] counts = new int[slices][inside.length];
    int area = area();
    Kernels.parallel(
        slices,
        slice -> {
          for (int region = 0; region < inside.length; region++) {
            int count = 0;
            for (int i = slice * area; i < (slice + 1) * area; i++) {
              count += inside[region][i] ? 1 : 0;
            }
            counts[slice][region] = count;
          }
        });
    return counts;
  }

  /** Pixels per slice. */
  public int area() {
    return inside[0].length / slices;
  }
}
