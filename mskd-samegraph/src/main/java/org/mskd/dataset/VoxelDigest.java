package org.mskd.dataset;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.mskd.file.Sha256;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

/** Equal for two files that hold the same scan, however each stores it. */
final class VoxelDigest {
  private static final int BLOCK = 1 << 14;

  private VoxelDigest() {}

  /** SHA-256 over the three extents and the voxels as big-endian float32, -0 counting as 0. */
  static String of(Volume canonical) {
    MessageDigest digest = Sha256.digest();
    Grid grid = canonical.grid();
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Float.BYTES);
    bytes.putInt(grid.nx()).putInt(grid.ny()).putInt(grid.nz());
    for (float voxel : canonical.voxels()) {
      if (bytes.remaining() < Float.BYTES) {
        digest.update(bytes.flip());
        bytes.clear();
      }
      bytes.putFloat(voxel + 0f);
    }
    digest.update(bytes.flip());
    return Sha256.hex(digest);
  }
}
