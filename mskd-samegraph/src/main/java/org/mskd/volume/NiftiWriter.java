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
    write(file, volume, type, versionFor(volume.grid()));
  }

  /**
   * As {@link #write(Path, Volume, VoxelType)}, in the given version.
   *
   * @throws IllegalArgumentException also if an axis is too long for {@link NiftiVersion#ONE}
   */
  public static void write(Path file, Volume volume, VoxelType type, NiftiVersion version) {
    for (float voxel : volume.voxels()) {
      requireHeld(type, voxel);
    }
    write(
        file,
        volume.grid(),
        (from, count, out) -> System.arraycopy(volume.voxels(), from, out, 0, count),
        type,
        version);
  }

  /**
   * Writes a class map as a label volume, without ever holding the label values of more than a
   * block; version and errors as {@link #write(Path, Volume, VoxelType)}.
   *
   * @param values what each class is stored as, from class 0 on
   * @throws IllegalArgumentException also if the map holds a class without a value
   */
  public static void write(Path file, ClassMap map, int[] values, VoxelType type) {
    for (int value : values) {
      requireHeld(type, value);
    }
    for (byte c : map.classes()) {
      if (Byte.toUnsignedInt(c) >= values.length) {
        throw new IllegalArgumentException("class " + Byte.toUnsignedInt(c) + " has no value");
      }
    }
    write(
        file,
        map.grid(),
        (from, count, out) -> {
          for (int i = 0; i < count; i++) {
            out[i] = values[Byte.toUnsignedInt(map.classes()[from + i])];
          }
        },
        type,
        versionFor(map.grid()));
  }

  /** Where voxels come from, a block at a time. */
  @FunctionalInterface
  private interface Source {
    void copy(int from, int count, float[] out);
  }

  private static void write(
      Path file, Grid grid, Source source, VoxelType type, NiftiVersion version) {
    String name = file.getFileName().toString();
    if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
      throw new IllegalArgumentException(file + " ends neither in .nii nor in .nii.gz");
    }
    if (!NiftiHeaderWriter.fits(version, grid)) {
      throw new IllegalArgumentException("NIfTI-1 cannot hold " + grid);
    }
    AtomicFile.write(
        file,
        out -> {
          if (name.endsWith(".gz")) {
            Gzip gzip = new Gzip(out);
            try {
              writeTo(gzip, grid, source, type, version);
              gzip.finish();
            } finally {
              gzip.release();
            }
          } else {
            writeTo(out, grid, source, type, version);
          }
        });
  }

  private static NiftiVersion versionFor(Grid grid) {
    return NiftiHeaderWriter.fits(NiftiVersion.ONE, grid) ? NiftiVersion.ONE : NiftiVersion.TWO;
  }

  private static void requireHeld(VoxelType type, float voxel) {
    if (!type.holds(voxel)) {
      throw new IllegalArgumentException("voxel " + voxel + " is no " + type);
    }
  }

  private static void writeTo(
      OutputStream out, Grid grid, Source source, VoxelType type, NiftiVersion version)
      throws IOException {
    out.write(NiftiHeaderWriter.bytes(version, grid, type));
    float[] voxels = new float[BLOCK];
    byte[] bytes = new byte[BLOCK * type.bytes()];
    ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < grid.size(); at += BLOCK) {
      int count = Math.min(BLOCK, grid.size() - at);
      source.copy(at, count, voxels);
      VoxelCodec.encode(type, voxels, count, block);
      out.write(bytes, 0, count * type.bytes());
    }
  }

  /** Fast compression; freed without closing the stream below, which the caller closes. */
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
