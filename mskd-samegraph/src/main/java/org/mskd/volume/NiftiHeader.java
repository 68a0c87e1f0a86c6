package org.mskd.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.mskd.problem.BadInputException;

/**
 * The checked content of a NIfTI header.
 *
 * @param order byte order of header and voxels
 * @param image grid, voxel type, number of volumes, and the fields that place the voxels
 * @param dataOffset first byte of the voxels in their file
 * @param slope factor applied to a stored number
 * @param intercept added after that
 */
record NiftiHeader(
    ByteOrder order, ImageHeader image, long dataOffset, double slope, double intercept) {
  private static final String REMEDY = "The file is damaged or not NIfTI; export it again.";

  /** Where the voxels of one volume lie. */
  Grid grid() {
    return image.grid();
  }

  /** Volumes in the file, one after the other. */
  long frames() {
    return image.frames();
  }

  /** How a voxel is stored. */
  VoxelType type() {
    return image.type();
  }

  /** Bytes of one volume's voxels. */
  long frameBytes() {
    return (long) grid().size() * type().bytes();
  }

  /** Whether stored numbers are not the values themselves. */
  boolean scaled() {
    return slope != 1 || intercept != 0;
  }

  /**
   * Applies slope and intercept.
   *
   * @param stored numbers as they are in the file
   * @param count how many
   * @param out receives the values from {@code at}
   */
  void scale(double[] stored, int count, float[] out, int at) {
    boolean scaled = scaled();
    for (int i = 0; i < count; i++) {
      out[at + i] = (float) (scaled ? stored[i] * slope + intercept : stored[i]);
    }
  }

  /**
   * Reads the header at the start of {@code in}, and no further.
   *
   * @param single whether the voxels are expected in the same file
   * @param position whether it must place its voxels
   * @throws BadInputException if it is no NIfTI header or an invalid one
   */
  static NiftiHeader read(NiftiInput in, Path file, boolean single, Position position) {
    byte[] bytes = new byte[NiftiVersion.TWO.headerSize()];
    in.read(bytes, NiftiVersion.ONE.headerSize());
    ByteBuffer header = ByteBuffer.wrap(bytes);
    NiftiVersion version = version(header, file);
    if (version == NiftiVersion.TWO) {
      byte[] rest = new byte[NiftiVersion.TWO.headerSize() - NiftiVersion.ONE.headerSize()];
      in.read(rest, rest.length);
      header.put(NiftiVersion.ONE.headerSize(), rest);
    }
    checkMagic(version, header, file, single);
    return new NiftiFields(version, header, file).checked(single, position);
  }

  /** The first field is the header's size; it is wrong in the wrong byte order. */
  private static NiftiVersion version(ByteBuffer header, Path file) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      int size = header.order(order).getInt(0);
      for (NiftiVersion version : NiftiVersion.values()) {
        if (size == version.headerSize()) {
          return version;
        }
      }
    }
    throw new BadInputException(
        file + " is not a NIfTI file: its first number is not a NIfTI header's size.", REMEDY);
  }

  private static void checkMagic(
      NiftiVersion version, ByteBuffer header, Path file, boolean single) {
    String magic = version.magic(header);
    if (magic.equals(version.magic(single))) {
      return;
    }
    if (magic.equals(version.magic(!single))) {
      throw new BadInputException(
          file
              + (single
                  ? " is only the header of a .hdr/.img pair."
                  : " holds header and voxels in one file, as a .nii does."),
          "Rename it to " + (single ? ".hdr, with its .img in the same folder." : ".nii."));
    }
    if (version == NiftiVersion.ONE && !single) {
      throw new BadInputException(
          file + " is Analyze 7.5, which has no orientation.",
          "Convert it to NIfTI with a tool that knows the orientation of the image.");
    }
    throw new BadInputException(
        file + " is not a NIfTI file: its magic field is wrong (Analyze 7.5 has none).",
        "Convert it to NIfTI, or copy it again.");
  }
}
