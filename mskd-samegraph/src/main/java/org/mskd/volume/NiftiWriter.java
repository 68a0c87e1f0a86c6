package org.mskd.volume;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes single NIfTI files, little-endian: volumes in mm and unscaled, or voxels that belong to a
 * scan with the fields of the scan's own header that place them. The same voxels give the same
 * bytes.
 */
public final class NiftiWriter {
  /** How far in mm the corners of canonical voxels may be from those of the scan's grid. */
  private static final double SAME_PLACE = 1e-3;

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
    if (!NiftiHeaderWriter.fits(version, volume.grid())) {
      throw new IllegalArgumentException("NIfTI-1 cannot hold " + volume.grid());
    }
    for (float voxel : volume.voxels()) {
      requireHeld(type, voxel);
    }
    NiftiForms forms = NiftiHeaderWriter.forms(version, volume.grid());
    new NiftiContent(
            NiftiHeaderWriter.bytes(forms, type, 1),
            volume.grid().size(),
            type,
            (from, count, out) -> System.arraycopy(volume.voxels(), from, out, 0, count))
        .write(file);
  }

  /**
   * Writes a class map as a label volume on the map's own grid; version and errors as {@link
   * #write(Path, Volume, VoxelType)}.
   *
   * @param values what each class is stored as, from class 0 on
   * @throws IllegalArgumentException also if the map holds a class without a value
   */
  public static void write(Path file, ClassMap map, int[] values, VoxelType type) {
    NiftiForms forms = NiftiHeaderWriter.forms(versionFor(map.grid()), map.grid());
    byte[] header = NiftiHeaderWriter.bytes(forms, type, 1);
    float[] stored = stored(values, type);
    new NiftiContent(
            header,
            map.grid().size(),
            type,
            (from, count, out) -> {
              for (int i = 0; i < count; i++) {
                out[i] = value(stored, map.classes()[from + i]);
              }
            })
        .write(file);
  }

  /**
   * Writes classes as a label volume that lies where a scan does for any reader: version, size,
   * both forms and their codes, spacing and units are the scan's, number for number. The classes
   * are reordered while they are written; there is no copy of them.
   *
   * @param canonical classes on the scan's canonical grid
   * @param values what each class is stored as, from class 0 on
   * @throws IllegalArgumentException if the name ends neither in {@code .nii} nor in {@code
   *     .nii.gz}, the voxels are not on the scan's canonical grid, a value cannot be stored as
   *     {@code type}, or a class has no value; nothing is written then
   * @throws org.mskd.problem.BadInputException if the file cannot be written
   */
  public static void write(
      Path file, ByteVoxels canonical, int[] values, VoxelType type, ImageHeader scan) {
    write(
        file,
        canonical,
        stored(values, type),
        type,
        scan,
        NiftiHeaderWriter.bytes(scan.forms(), type, 1));
  }

  /**
   * Writes probabilities in a scan's own header, as {@link #write(Path, ByteVoxels, int[],
   * VoxelType, ImageHeader)}: as unsigned bytes with {@code scl_slope} 1/255, so that they are read
   * as 0 to 1.
   *
   * @param canonical the probabilities times 255, on the scan's canonical grid
   * @throws IllegalArgumentException if the name ends neither in {@code .nii} nor in {@code
   *     .nii.gz}, or the voxels are not on the scan's canonical grid
   * @throws org.mskd.problem.BadInputException if the file cannot be written
   */
  public static void writeProbabilities(Path file, ByteVoxels canonical, ImageHeader scan) {
    float[] same = new float[256];
    for (int i = 0; i < same.length; i++) {
      same[i] = i;
    }
    write(
        file,
        canonical,
        same,
        VoxelType.UINT8,
        scan,
        NiftiHeaderWriter.bytes(scan.forms(), VoxelType.UINT8, 1 / 255.0));
  }

  private static void write(
      Path file,
      ByteVoxels canonical,
      float[] stored,
      VoxelType type,
      ImageHeader scan,
      byte[] header) {
    if (!canonical.grid().matches(Orientation.canonical(scan.grid()), SAME_PLACE)) {
      throw new IllegalArgumentException(
          canonical.grid() + " is not the canonical grid of " + scan.grid());
    }
    FileOrder order = new FileOrder(canonical, scan.grid());
    byte[] block = new byte[NiftiContent.BLOCK];
    new NiftiContent(
            header,
            scan.grid().size(),
            type,
            (from, count, out) -> {
              order.copy(from, count, block);
              for (int i = 0; i < count; i++) {
                out[i] = value(stored, block[i]);
              }
            })
        .write(file);
  }

  private static NiftiVersion versionFor(Grid grid) {
    return NiftiHeaderWriter.fits(NiftiVersion.ONE, grid) ? NiftiVersion.ONE : NiftiVersion.TWO;
  }

  /** The value of every byte; NaN for classes without one. */
  private static float[] stored(int[] values, VoxelType type) {
    float[] stored = new float[256];
    Arrays.fill(stored, Float.NaN);
    for (int c = 0; c < values.length; c++) {
      requireHeld(type, values[c]);
      stored[c] = values[c];
    }
    return stored;
  }

  private static float value(float[] stored, byte c) {
    float value = stored[Byte.toUnsignedInt(c)];
    if (Float.isNaN(value)) {
      throw new IllegalArgumentException("class " + Byte.toUnsignedInt(c) + " has no value");
    }
    return value;
  }

  private static void requireHeld(VoxelType type, float voxel) {
    if (!type.holds(voxel)) {
      throw new IllegalArgumentException("voxel " + voxel + " is no " + type);
    }
  }
}
