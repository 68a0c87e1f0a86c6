package org.mskd.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.mskd.problem.BadInputException;

/**
 * What a NIfTI header says, checked.
 *
 * @param version which of the two headers
 * @param order byte order of header and voxels
 * @param grid the voxels of one volume
 * @param frames volumes in the file, one after the other
 * @param type how a voxel is stored
 * @param dataOffset first byte of the voxels in their file
 * @param slope what a stored number is multiplied with
 * @param intercept what is added then
 */
record NiftiHeader(
    NiftiVersion version,
    ByteOrder order,
    Grid grid,
    long frames,
    VoxelType type,
    long dataOffset,
    double slope,
    double intercept) {
  private static final String REMEDY = "The file is damaged or not NIfTI; export it again.";

  /** Bytes of one volume's voxels. */
  long frameBytes() {
    return (long) grid.size() * type.bytes();
  }

  /** Whether stored numbers are not the values themselves. */
  boolean scaled() {
    return slope != 1 || intercept != 0;
  }

  /**
   * Reads the header at the start of {@code in}, and no further.
   *
   * @param single whether the voxels are expected in the same file
   * @throws BadInputException if it is no NIfTI header or one that makes no sense
   */
  static NiftiHeader read(NiftiInput in, Path file, boolean single) {
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
    return new Parser(version, header, file).parse(single);
  }

  /** The first field is the header's size; read the wrong way round it tells the byte order. */
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
          "Rename it to " + (single ? ".hdr, with its .img beside it." : ".nii."));
    }
    if (version == NiftiVersion.ONE && !single) {
      throw new BadInputException(
          file + " is Analyze 7.5, which has no orientation.",
          "Convert it to NIfTI with a tool that knows how the image was taken.");
    }
    throw new BadInputException(
        file + " is not a NIfTI file: its magic field is wrong (Analyze 7.5 has none).",
        "Convert it to NIfTI, or copy it again.");
  }

  /** Takes the fields out and checks each before the next needs it. */
  private record Parser(NiftiVersion version, ByteBuffer header, Path file) {
    NiftiHeader parse(boolean single) {
      long rank = version.dim(header, 0);
      require(rank >= 1 && rank <= 7, "dim[0] is " + rank + ", not 1 to 7");
      long[] extents = {1, 1, 1};
      long frames = 1;
      for (int i = 1; i <= rank; i++) {
        long extent = version.dim(header, i);
        require(extent >= (i <= 3 ? 1 : 0), "dim[" + i + "] is " + extent);
        if (i <= 3) {
          extents[i - 1] = extent;
        } else {
          frames = product(frames, Math.max(extent, 1));
        }
      }
      long voxels = product(product(extents[0], extents[1]), extents[2]);
      require(voxels <= Integer.MAX_VALUE - 8, "a volume of " + size(extents) + " is too large");
      VoxelType type = type();
      product(product(voxels, frames), type.bytes());
      Grid grid = new Grid((int) extents[0], (int) extents[1], (int) extents[2], affine(extents));
      double slope = version.slope(header);
      double intercept = version.intercept(header);
      boolean scaled = slope != 0 && Double.isFinite(slope);
      require(!scaled || Double.isFinite(intercept), "scl_inter is " + intercept);
      return new NiftiHeader(
          version,
          header.order(),
          grid,
          frames,
          type,
          dataOffset(single),
          scaled ? slope : 1,
          scaled ? intercept : 0);
    }

    private VoxelType type() {
      int code = version.datatype(header);
      return VoxelType.ofCode(code)
          .orElseThrow(
              () ->
                  new BadInputException(
                      file + " stores its voxels as " + name(code) + ", which are not intensities.",
                      "Convert it to an integer or real type, such as int16 or float32."));
    }

    private static String name(int code) {
      return switch (code) {
        case 1 -> "single bits (datatype 1)";
        case 32, 1792, 2048 -> "complex numbers (datatype " + code + ")";
        case 128, 2304 -> "colours (datatype " + code + ")";
        case 1536 -> "128-bit reals (datatype 1536)";
        default -> "unknown datatype " + code;
      };
    }

    private Affine affine(long[] extents) {
      try {
        return NiftiAffine.of(version, header, extents[2]);
      } catch (IllegalArgumentException e) {
        throw new BadInputException(
            file + " has no usable position in space: its " + e.getMessage() + ".",
            "Correct the header or export the image again.",
            e);
      }
    }

    private long dataOffset(boolean single) {
      double offset = version.voxOffset(header);
      require(
          offset == Math.rint(offset)
              && offset >= (single ? version.firstVoxel() : 0)
              && offset < Long.MAX_VALUE / 4,
          "vox_offset is " + offset);
      return (long) offset;
    }

    /** Of two positive numbers, kept well away from overflow. */
    private long product(long a, long b) {
      require(a <= Long.MAX_VALUE / 4 / b, "its dimensions are too large");
      return a * b;
    }

    private static String size(long[] extents) {
      return extents[0] + " x " + extents[1] + " x " + extents[2] + " voxels";
    }

    private void require(boolean condition, String wrong) {
      if (!condition) {
        throw new BadInputException(
            file + " has a header that makes no sense: " + wrong + ".", REMEDY);
      }
    }
  }
}
