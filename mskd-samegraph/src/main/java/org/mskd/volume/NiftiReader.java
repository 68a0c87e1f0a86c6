package org.mskd.volume;

import java.nio.file.Path;
import java.util.List;
import org.mskd.problem.BadInputException;

/**
 * Reads NIfTI-1 and NIfTI-2 files ({@code .nii}, {@code .hdr}/{@code .img}, each also {@code .gz}),
 * of either byte order and any integer or real voxel type, in the file's own voxel order. {@code
 * scl_slope} and {@code scl_inter} are applied; affines are in mm. Header extensions are skipped.
 */
public final class NiftiReader {
  private NiftiReader() {}

  /**
   * Reads a file that holds one volume.
   *
   * @param file a {@code .nii}, or either of a {@code .hdr}/{@code .img} pair
   * @throws BadInputException if it cannot be read, is damaged, is not NIfTI, has no usable affine
   *     or holds several volumes
   */
  public static Volume read(Path file) {
    return read(file, -1);
  }

  /**
   * Reads one volume of a file that holds several (dimensions above the third, the fourth fastest).
   *
   * @param frame which one, from 0
   * @throws BadInputException as {@link #read(Path)}, or if there is no such volume
   */
  public static Volume readFrame(Path file, int frame) {
    if (frame < 0) {
      throw new IllegalArgumentException("volume " + frame);
    }
    return read(file, frame);
  }

  /**
   * Where the voxels lie, from the header alone; of a pair the {@code .img} need not be there.
   *
   * @throws BadInputException if the header cannot be read or is invalid
   */
  public static Grid readGrid(Path file) {
    return header(file, Position.REQUIRED).grid();
  }

  /**
   * Where the voxels lie, how they are stored, and what is unusual in the header; from the header
   * alone, as {@link #readGrid}.
   *
   * @throws BadInputException if the header cannot be read or is invalid
   */
  public static ImageHeader readHeader(Path file) {
    return header(file, Position.REQUIRED).image();
  }

  /**
   * As {@link #readHeader}, of a volume whose voxels another one places: where the header has no
   * usable position in space, they lie at their indices, 1 mm apart.
   *
   * @throws BadInputException if the header cannot be read or is otherwise invalid
   */
  public static ImageHeader readUnplacedHeader(Path file) {
    return header(file, Position.OPTIONAL).image();
  }

  /**
   * How many volumes the file holds, from the header alone; 1 for a plain 3-D image.
   *
   * @throws BadInputException if the header cannot be read or is invalid
   */
  public static long frames(Path file) {
    return header(file, Position.REQUIRED).frames();
  }

  /**
   * The files that hold the volume: one {@code .nii}, or header and image of a pair, of which
   * {@code file} is either. A volume has changed if any of them has.
   *
   * @throws BadInputException if one is missing, or the name is not that of a NIfTI file
   */
  public static List<Path> files(Path file) {
    NiftiFiles files = NiftiFiles.of(file);
    return files.single() ? List.of(files.header()) : List.of(files.header(), files.presentImage());
  }

  private static NiftiHeader header(Path file, Position position) {
    NiftiFiles files = NiftiFiles.of(file);
    try (NiftiInput in = NiftiInput.ofHeader(files.header())) {
      return NiftiHeader.read(in, files.header(), files.single(), position);
    }
  }

  private static Volume read(Path file, int frame) {
    try (VoxelStream in = VoxelStream.open(file, frame, Position.REQUIRED)) {
      float[] voxels = new float[in.grid().size()];
      for (int at = 0; at < voxels.length; ) {
        at += in.read(voxels, at);
      }
      return new Volume(in.grid(), voxels);
    }
  }

  /**
   * Reads a file that holds one volume in the least memory that holds it exactly.
   *
   * @throws BadInputException as {@link #read(Path)}
   */
  public static PackedVoxels readPacked(Path file) {
    try (VoxelStream in = VoxelStream.open(file)) {
      return PackedVoxels.of(in);
    }
  }
}
