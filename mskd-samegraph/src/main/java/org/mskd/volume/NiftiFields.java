package org.mskd.volume;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.problem.BadInputException;

/**
 * The bytes of a header, taken out field by field, each checked before the next needs it.
 *
 * @param version which header it is
 * @param header its bytes, with the byte order set
 * @param file named in messages
 */
record NiftiFields(NiftiVersion version, ByteBuffer header, Path file) {
  private static final String REMEDY = "The file is damaged or not NIfTI; export it again.";

  /**
   * All of them.
   *
   * @param single whether the voxels are in the same file
   * @param position whether they must place the voxels
   * @throws BadInputException if they are invalid, or the voxels are no integers or reals
   */
  NiftiHeader checked(boolean single, Position position) {
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
    NiftiForms forms = NiftiForms.read(version, header);
    Placement placement = placement(forms, position);
    List<HeaderRemark> remarks = new ArrayList<>(placement.remarks());
    double slope = version.slope(header);
    double intercept = version.intercept(header);
    boolean scaled = slope != 0 && Double.isFinite(slope);
    require(!scaled || Double.isFinite(intercept), "scl_inter is " + intercept);
    long dataOffset = dataOffset(single, remarks);
    return new NiftiHeader(
        header.order(),
        new ImageHeader(placement.grid(), type, frames, forms, remarks),
        dataOffset,
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

  private Placement placement(NiftiForms forms, Position position) {
    try {
      return Placement.of(forms);
    } catch (IllegalArgumentException e) {
      if (position == Position.OPTIONAL) {
        return Placement.atIndices(forms);
      }
      throw new BadInputException(
          file + " has no usable position in space: its " + e.getMessage() + ".",
          "Correct the header or export the image again.",
          e);
    }
  }

  /** An offset within the header is no offset: other readers take the first possible one, too. */
  private long dataOffset(boolean single, List<HeaderRemark> remarks) {
    double offset = version.voxOffset(header);
    require(
        offset == Math.rint(offset) && offset >= 0 && offset < 0x1p60, "vox_offset is " + offset);
    if (single && offset < version.firstVoxel()) {
      remarks.add(HeaderRemark.lowVoxOffset(offset, version.firstVoxel()));
      return version.firstVoxel();
    }
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
      throw new BadInputException(file + " has an invalid header: " + wrong + ".", REMEDY);
    }
  }
}
