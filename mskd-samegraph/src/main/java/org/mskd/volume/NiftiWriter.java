package org.mskd.volume;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.mskd.file.AtomicFile;

/**
 * Writes a volume as a single NIfTI file, little-endian, in mm, unscaled. The same volume gives the
 * same bytes: the gzip header carries no time and no name.
 */
public final class NiftiWriter {
  private static final int BLOCK = 1 << 13;

  private NiftiWriter() {}

  /**
   * Writes NIfTI-1, or NIfTI-2 where an axis has more than 32767 voxels.
   *
   * @param file where to; {@code .nii}, or {@code .nii.gz} to compress
   * @throws IllegalArgumentException if the name has another ending, or a voxel cannot be stored as
   *     {@code type} unchanged; nothing is written then
   * @throws org.mskd.problem.BadInputException if the file cannot be written
   */
  public static void write(Path file, Volume volume, VoxelType type) {
    boolean small = NiftiHeaderWriter.fits(NiftiVersion.ONE, volume.grid());
    write(file, volume, type, small ? NiftiVersion.ONE : NiftiVersion.TWO);
  }

  /**
   * As {@link #write(Path, Volume, VoxelType)}, in the given version.
   *
   * @throws IllegalArgumentException also if an axis is too long for {@link NiftiVersion#ONE}
   */
  public static void write(Path file, Volume volume, VoxelType type, NiftiVersion version) {
    String name = file.getFileName().toString();
    if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
      throw new IllegalArgumentException(file + " ends neither in .nii nor in .nii.gz");
    }
    if (!NiftiHeaderWriter.fits(version, volume.grid())) {
      throw new IllegalArgumentException("NIfTI-1 cannot hold " + volume.grid());
    }
    checkVoxels(volume, type);
    AtomicFile.write(
        file,
        out -> {
          if (name.endsWith(".gz")) {
            Gzip gzip = new Gzip(out);
            try {
              writeTo(gzip, volume, type, version);
              gzip.finish();
            } finally {
              gzip.release();
            }
          } else {
            writeTo(out, volume, type, version);
          }
        });
  }

  private static void checkVoxels(Volume volume, VoxelType type) {
    for (float voxel : volume.voxels()) {
      if (!type.holds(voxel)) {
        throw new IllegalArgumentException("voxel " + voxel + " is no " + type);
      }
    }
  }

  private static void writeTo(OutputStream out, Volume volume, VoxelType type, NiftiVersion version)
      throws IOException {
    out.write(NiftiHeaderWriter.bytes(version, volume.grid(), type));
    float[] voxels = volume.voxels();
    byte[] bytes = new byte[BLOCK * type.bytes()];
    ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < voxels.length; at += BLOCK) {
      int count = Math.min(BLOCK, voxels.length - at);
      VoxelCodec.encode(type, voxels, at, count, block);
      out.write(bytes, 0, count * type.bytes());
    }
  }

  /** Fast compression; freed without closing the stream below, which is not ours to close. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }

    void release() {
      def.end();
    }
  }
}
