package org.mskd.dataset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.mskd.file.Sha256;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.Grid;
import org.mskd.volume.Voxels;

/** Equal for two files that hold the same scan, however each stores it. */
final class VoxelDigest {
  private VoxelDigest() {}

  /**
   * SHA-256 over the three extents and the voxels in canonical orientation, as big-endian float32,
   * -0 counting as 0.
   */
  static String of(Voxels image) {
    MessageDigest digest = Sha256.digest();
    CanonicalPlanes planes = new CanonicalPlanes(image);
    Grid grid = planes.grid();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.max(3 * Integer.BYTES, planes.area() * Float.BYTES));
    bytes.putInt(grid.nx()).putInt(grid.ny()).putInt(grid.nz());
    digest.update(bytes.flip());
    float[] plane = new float[planes.area()];
    for (int z = 0; z < grid.nz(); z++) {
      planes.plane(z, plane);
      bytes.clear();
      for (float voxel : plane) {
        bytes.putFloat(voxel + 0f);
      }
      digest.update(bytes.flip());
    }
    return Sha256.hex(digest);
  }
}
