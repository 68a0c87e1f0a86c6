package org.mskd.dataset.intensity;

/**
 * Simulates a slice of lower resolution: nearest-neighbour sampling on a coarser grid over the same
 * area, then bilinear interpolation back to the grid of the slice.
 */
public final class LowResolution {
  private LowResolution() {}

  /**
   * Changes a slice.
   *
   * @param image {@code [size][size]} flattened
   * @param factor side of the coarse grid as a part of {@code size}, above 0 and at most 1; at
   *     least one pixel remains
   * @param scratch at least as long as the image; its content is lost
   */
  public static void apply(float[] image, int size, double factor, float[] scratch) {
    int coarse = Math.max(1, Math.min(size, (int) Math.round(factor * size)));
    for (int y = 0; y < coarse; y++) {
      int row = nearest(y, size, coarse) * size;
      for (int x = 0; x < coarse; x++) {
        scratch[y * coarse + x] = image[row + nearest(x, size, coarse)];
      }
    }
    Axis axis = Axis.of(size, coarse);
    for (int y = 0; y < size; y++) {
      int top = axis.lower[y] * coarse;
      int bottom = axis.upper[y] * coarse;
      float down = axis.part[y];
      for (int x = 0; x < size; x++) {
        int left = axis.lower[x];
        int right = axis.upper[x];
        float across = axis.part[x];
        float above = between(scratch[top + left], scratch[top + right], across);
        float below = between(scratch[bottom + left], scratch[bottom + right], across);
        image[y * size + x] = between(above, below, down);
      }
    }
  }

  /** The pixel that the centre of a coarse pixel lies in. */
  private static int nearest(int index, int size, int coarse) {
    return (int) ((2L * index + 1) * size / (2L * coarse));
  }

  private static float between(float first, float second, float part) {
    return first + part * (second - first);
  }

  /** Where the pixels' centres lie on the coarse grid: between which of its pixels. */
  @SuppressWarnings("ArrayRecordComponent") // memory, not a value
  private record Axis(int[] lower, int[] upper, float[] part) {
    static Axis of(int size, int coarse) {
      Axis axis = new Axis(new int[size], new int[size], new float[size]);
      for (int i = 0; i < size; i++) {
        double position = Math.max(0, (i + 0.5) * coarse / size - 0.5);
        axis.lower[i] = (int) position;
        axis.upper[i] = Math.min(coarse - 1, axis.lower[i] + 1);
        axis.part[i] = (float) (position - axis.lower[i]);
      }
      return axis;
    }
  }
}
