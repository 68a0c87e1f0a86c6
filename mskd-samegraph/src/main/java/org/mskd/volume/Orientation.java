package org.mskd.volume;

import java.util.Arrays;

/**
 * Which way the voxel axes of a volume run, to the closest world axis, and how to reorder voxels so
 * that they run right, front, head (RAS+). Reordering moves voxels and never interpolates, so it is
 * undone exactly.
 */
public final class Orientation {
  private static final int[][] PERMUTATIONS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };
  private static final String[] LETTERS = {"RL", "AP", "SI"};

  /** A better match must be better by more than rounding, so that ties fall the same way always. */
  private static final double TIE = 1e-6;

  /** How far in mm the corners of a canonical volume may be from those of its original grid. */
  private static final double SAME_PLACE = 1e-3;

  private final int[] voxelAxes;
  private final boolean[] flips;

  private Orientation(int[] voxelAxes, boolean[] flips) {
    this.voxelAxes = voxelAxes;
    this.flips = flips;
  }

  /**
   * The axis order and flips closest to the affine's directions: of all six orders the one with the
   * largest sum of cosines between voxel axes and world axes, which is the signed permutation
   * closest to the direction matrix. Axes at equal angles keep the voxel order.
   */
  public static Orientation of(Affine affine) {
    int[] best = PERMUTATIONS[0];
    double bestSum = Double.NEGATIVE_INFINITY;
    for (int[] axes : PERMUTATIONS) {
      double sum = 0;
      for (int world = 0; world < 3; world++) {
        sum += Math.abs(affine.get(world, axes[world])) / affine.columnLength(axes[world]);
      }
      if (sum > bestSum + TIE) {
        best = axes;
        bestSum = sum;
      }
    }
    boolean[] flips = new boolean[3];
    for (int world = 0; world < 3; world++) {
      flips[world] = affine.get(world, best[world]) < 0;
    }
    return new Orientation(best, flips);
  }

  /** The voxel axis that runs along world axis 0 (right), 1 (front) or 2 (head). */
  public int voxelAxis(int world) {
    return voxelAxes[world];
  }

  /** Whether that voxel axis runs left, back or down instead. */
  public boolean flipped(int world) {
    return flips[world];
  }

  /** Whether voxels already run right, front, head. */
  public boolean isCanonical() {
    return code().equals("RAS");
  }

  /** Where each voxel axis leads, one of R/L, A/P, S/I each: {@code LPS}, for instance. */
  public String code() {
    char[] letters = new char[3];
    for (int world = 0; world < 3; world++) {
      letters[voxelAxes[world]] = LETTERS[world].charAt(flips[world] ? 1 : 0);
    }
    return new String(letters);
  }

  /** The grid of the same voxels in canonical order. */
  public static Grid canonical(Grid grid) {
    Orientation orientation = of(grid.affine());
    return orientation.isCanonical() ? grid : orientation.reordered(grid);
  }

  /**
   * The same voxels in canonical order; {@code volume} itself, not a copy, where they are already.
   */
  public static Volume toCanonical(Volume volume) {
    Grid grid = volume.grid();
    Grid canonical = canonical(grid);
    return canonical.equals(grid)
        ? volume
        : new Volume(canonical, there(grid, canonical).of(volume.voxels()));
  }

  /** As {@link #toCanonical(Volume)}. */
  public static ClassMap toCanonical(ClassMap map) {
    Grid grid = map.grid();
    Grid canonical = canonical(grid);
    return canonical.equals(grid)
        ? map
        : new ClassMap(canonical, there(grid, canonical).of(map.classes()));
  }

  /**
   * The voxels in the order of their original grid: the inverse of {@link #toCanonical}. {@code
   * canonical}'s own array, not a copy, where that order is canonical.
   *
   * @throws IllegalArgumentException if {@code canonical} is not on {@code original}'s canonical
   *     grid
   */
  public static Volume fromCanonical(Volume canonical, Grid original) {
    requireSamePlace(canonical.grid(), original);
    return of(original.affine()).isCanonical()
        ? new Volume(original, canonical.voxels())
        : new Volume(original, back(canonical.grid(), original).of(canonical.voxels()));
  }

  /** As {@link #fromCanonical(Volume, Grid)}. */
  public static ClassMap fromCanonical(ClassMap canonical, Grid original) {
    requireSamePlace(canonical.grid(), original);
    return of(original.affine()).isCanonical()
        ? new ClassMap(original, canonical.classes())
        : new ClassMap(original, back(canonical.grid(), original).of(canonical.classes()));
  }

  private static void requireSamePlace(Grid grid, Grid original) {
    if (!grid.matches(canonical(original), SAME_PLACE)) {
      throw new IllegalArgumentException(grid + " is not the canonical grid of " + original);
    }
  }

  private static VoxelMove there(Grid grid, Grid canonical) {
    Orientation orientation = of(grid.affine());
    VoxelMove move = new VoxelMove(grid, canonical);
    for (int world = 0; world < 3; world++) {
      move.along(world, orientation.voxelAxes[world], orientation.flips[world]);
    }
    return move;
  }

  private static VoxelMove back(Grid canonical, Grid original) {
    Orientation orientation = of(original.affine());
    VoxelMove move = new VoxelMove(canonical, original);
    for (int world = 0; world < 3; world++) {
      move.along(orientation.voxelAxes[world], world, orientation.flips[world]);
    }
    return move;
  }

  private Grid reordered(Grid grid) {
    double[] rows = new double[12];
    double[] corner = new double[3];
    for (int world = 0; world < 3; world++) {
      int axis = voxelAxes[world];
      corner[axis] = flips[world] ? grid.extent(axis) - 1 : 0;
      for (int row = 0; row < 3; row++) {
        double step = grid.affine().get(row, axis);
        rows[row * 4 + world] = flips[world] ? -step : step;
      }
    }
    double[] origin = grid.affine().apply(corner[0], corner[1], corner[2]);
    for (int row = 0; row < 3; row++) {
      rows[row * 4 + 3] = origin[row];
    }
    return new Grid(
        grid.extent(voxelAxes[0]),
        grid.extent(voxelAxes[1]),
        grid.extent(voxelAxes[2]),
        Affine.of(rows));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Orientation that
        && Arrays.equals(voxelAxes, that.voxelAxes)
        && Arrays.equals(flips, that.flips);
  }

  @Override
  public int hashCode() {
    return code().hashCode();
  }

  @Override
  public String toString() {
    return code();
  }
}
