package org.mskd.dataset.phantom;

import java.util.List;
import org.mskd.random.SplitMix64;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

/**
 * The axis orders phantoms are stored in, so that a reader has to apply the affine, as for real
 * data: those of NIfTI converters, of DICOM, and with the axial axis first.
 */
final class StoredOrientation {
  /** Where the first, second and third axis lead. */
  static final List<String> CODES = List.of("RAS", "LPS", "LAS", "RPS", "SAL", "PIR");

  private StoredOrientation() {}

  /** Samples one of the codes. */
  static String sample(SplitMix64 random) {
    return CODES.get(random.nextInt(CODES.size()));
  }

  /**
   * The grid of the same voxels stored in another order.
   *
   * @param canonical a grid whose axes run right, front, head
   * @param code where each stored axis leads, one of R/L, A/P and S/I each
   */
  static Grid grid(Grid canonical, String code) {
    int[] extent = new int[3];
    double[] corner = new double[3];
    double[] rows = new double[12];
    for (int axis = 0; axis < 3; axis++) {
      int world = "RLAPSI".indexOf(code.charAt(axis)) / 2;
      boolean flipped = "LPI".indexOf(code.charAt(axis)) >= 0;
      extent[axis] = canonical.extent(world);
      corner[world] = flipped ? extent[axis] - 1 : 0;
      for (int row = 0; row < 3; row++) {
        double step = canonical.affine().get(row, world);
        rows[row * 4 + axis] = flipped ? -step : step;
      }
    }
    double[] origin = canonical.affine().apply(corner[0], corner[1], corner[2]);
    for (int row = 0; row < 3; row++) {
      rows[row * 4 + 3] = origin[row];
    }
    return new Grid(extent[0], extent[1], extent[2], Affine.of(rows));
  }
}
