package org.mskd.dataset.phantom;

import java.util.List;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

/**
 * Paints layers onto a canonical grid, slice by slice. Space is warped smoothly first, so that no
 * two bodies have the same outlines; a surface crossing a voxel mixes the tissues on both sides
 * (partial volume); densities drift slowly inside a tissue; noise comes last.
 */
final class PhantomPainter {
  private static final double AIR = -1000;

  /** Largest displacement along each axis, mm. */
  private static final double WARP = 9;

  /** How far a tissue's density drifts, HU. */
  private static final double DRIFT = 8;

  private final Grid grid;
  private final double[] spacing = new double[3];
  private final double[] first = new double[3];
  private final SmoothField[] warp = new SmoothField[3];
  private final SmoothField drift;
  private final CtNoise noise;

  PhantomPainter(Grid grid, long seed) {
    this.grid = grid;
    SplitMix64 random = new SplitMix64(SubSeeds.of(seed, "fields"));
    int[] extent = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      extent[axis] = grid.extent(axis);
      spacing[axis] = grid.spacing(axis);
      first[axis] = -spacing[axis] * (extent[axis] - 1) / 2 + random.uniform(-4, 4);
    }
    for (int axis = 0; axis < 3; axis++) {
      warp[axis] = new SmoothField(extent, spacing, WARP, 100, random);
    }
    drift = new SmoothField(extent, spacing, DRIFT, 30, random);
    noise = new CtNoise(random.uniform(15, 25), SubSeeds.of(seed, "noise"));
  }

  PhantomSubject paint(List<Layer> layers) {
    float[] image = new float[grid.size()];
    float[] organs = new float[grid.size()];
    for (int z = 0; z < grid.nz(); z++) {
      Slice slice = new Slice(z);
      for (Layer layer : layers) {
        slice.paint(layer);
      }
      slice.finish(image, organs);
    }
    return new PhantomSubject(new Volume(grid, image), new Volume(grid, organs));
  }

  /** One slice being painted: HU and organ so far, and where its voxels lie in the anatomy. */
  private final class Slice {
    private final int k;
    private final int nx = grid.nx();
    private final int ny = grid.ny();
    private final double height;
    private final double[] hu = new double[nx * ny];
    private final byte[] organ = new byte[nx * ny];
    private final double[] x = new double[nx * ny];
    private final double[] y = new double[nx * ny];
    private final double[] z = new double[nx * ny];

    Slice(int k) {
      this.k = k;
      this.height = first[2] + k * spacing[2];
      for (int j = 0; j < ny; j++) {
        for (int i = 0; i < nx; i++) {
          int at = i + nx * j;
          hu[at] = AIR;
          x[at] = first[0] + i * spacing[0] + warp[0].at(i, j, k);
          y[at] = first[1] + j * spacing[1] + warp[1].at(i, j, k);
          z[at] = height + warp[2].at(i, j, k);
        }
      }
    }

    void paint(Layer layer) {
      double blur = 1.2 * spacing[0];
      Shape.Bounds box = layer.shape().bounds().grown(WARP + blur);
      if (height < box.z0() || height > box.z1()) {
        return;
      }
      int i0 = (int) Math.max(0, Math.floor((box.x0() - first[0]) / spacing[0]));
      int i1 = (int) Math.min(nx - 1, Math.ceil((box.x1() - first[0]) / spacing[0]));
      int j0 = (int) Math.max(0, Math.floor((box.y0() - first[1]) / spacing[1]));
      int j1 = (int) Math.min(ny - 1, Math.ceil((box.y1() - first[1]) / spacing[1]));
      for (int j = j0; j <= j1; j++) {
        for (int i = i0; i <= i1; i++) {
          int at = i + nx * j;
          double distance = layer.shape().distance(x[at], y[at], z[at]);
          double share = Math.min(1, 0.5 - distance / blur);
          if (share > 0) {
            hu[at] += share * (layer.hu() - hu[at]);
            if (distance < 0 && layer.organ() != Layer.SAME) {
              organ[at] = (byte) layer.organ();
            }
          }
        }
      }
    }

    void finish(float[] image, float[] organs) {
      float[] grain = noise.slice(nx, ny, k);
      for (int j = 0; j < ny; j++) {
        for (int i = 0; i < nx; i++) {
          int at = i + nx * j;
          double tissue = hu[at] > -200 ? drift.at(i, j, k) : 0;
          double value = Math.rint(hu[at] + tissue + grain[at]);
          int to = grid.index(i, j, k);
          image[to] = (float) Math.max(-1024, Math.min(3071, value));
          organs[to] = organ[at];
        }
      }
    }
  }
}
