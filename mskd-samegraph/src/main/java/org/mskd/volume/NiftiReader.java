package org.mskd.volume;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.problem.BadInputException;

/**
 * Reads NIfTI-1 and NIfTI-2 files ({@code .nii}, {@code .hdr}/{@code .img}, each also {@code .gz}),
 * of either byte order and any integer or real voxel type, in the file's own voxel order. {@code
 * scl_slope} and {@code scl_inter} are applied; affines are in mm. Header extensions are skipped.
 */
public final class NiftiReader {
  private static final int BLOCK = PackedVoxels.BLOCK;

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
    return header(file).grid();
  }

  /**
   * Where the voxels lie, how they are stored, and what is unusual in the header; from the header
   * alone, as {@link #readGrid}.
   *
   * @throws BadInputException if the header cannot be read or is invalid
   */
  public static ImageHeader readHeader(Path file) {
    return header(file).image();
  }

  /**
   * How many volumes the file holds, from the header alone; 1 for a plain 3-D image.
   *
   * @throws BadInputException if the header cannot be read or is invalid
   */
  public static long frames(Path file) {
    return header(file).frames();
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

  private static NiftiHeader header(Path file) {
    NiftiFiles files = NiftiFiles.of(file);
    try (NiftiInput in = NiftiInput.ofHeader(files.header())) {
      return NiftiHeader.read(in, files.header(), files.single());
    }
  }

  private static Volume read(Path file, int frame) {
    List<float[]> voxels = new ArrayList<>(1); // made once the file is known to be long enough
    NiftiHeader header =
        stream(
            file,
            frame,
            (checked, from, stored, count) -> {
              if (from == 0) {
                voxels.add(new float[checked.grid().size()]);
              }
              checked.scale(stored, count, voxels.get(0), from);
            });
    return new Volume(header.grid(), voxels.get(0));
  }

  /** Receives the voxels of a volume as they are read. */
  @FunctionalInterface
  public interface Sink {
    /**
     * The file is known to be long enough for this many voxels, which follow.
     *
     * @param voxels number of voxels
     */
    default void start(int voxels) {}

    /**
     * The next voxels in the file's order.
     *
     * @param from position of the first of them
     * @param values HU or label values; reused for the next voxels
     * @param count how many of them
     */
    void accept(int from, float[] values, int count);
  }

  /** Receives the numbers of a file before its scaling. */
  @FunctionalInterface
  private interface StoredSink {
    void accept(NiftiHeader header, int from, double[] stored, int count);
  }

  /**
   * Reads a file that holds one volume in the least memory that holds it exactly.
   *
   * @throws BadInputException as {@link #read(Path)}
   */
  public static PackedVoxels readPacked(Path file) {
    List<PackedVoxels.Builder> builder = new ArrayList<>(1);
    stream(
        file,
        -1,
        (header, from, stored, count) -> {
          if (from == 0) {
            builder.add(
                new PackedVoxels.Builder(header.grid(), header.slope(), header.intercept()));
          }
          builder.get(0).add(stored, count);
        });
    return builder.get(0).build();
  }

  /**
   * Reads the voxels of a file that holds one volume without holding them.
   *
   * @return where the voxels lie
   * @throws BadInputException as {@link #read(Path)}
   */
  public static Grid stream(Path file, Sink sink) {
    float[] values = new float[BLOCK];
    return stream(
            file,
            -1,
            (header, from, stored, count) -> {
              if (from == 0) {
                sink.start(header.grid().size());
              }
              header.scale(stored, count, values, 0);
              sink.accept(from, values, count);
            })
        .grid();
  }

  private static NiftiHeader stream(Path file, int frame, StoredSink sink) {
    NiftiFiles files = NiftiFiles.of(file);
    try (NiftiInput in = NiftiInput.ofHeader(files.header())) {
      NiftiHeader header = NiftiHeader.read(in, files.header(), files.single());
      checkFrame(header, file, frame);
      if (files.single()) {
        in.skipTo(header.dataOffset(), header.frames() * header.frameBytes());
        voxels(in, header, Math.max(frame, 0), sink);
      } else {
        try (NiftiInput image = NiftiInput.ofImage(files.presentImage())) {
          image.skipTo(header.dataOffset(), header.frames() * header.frameBytes());
          voxels(image, header, Math.max(frame, 0), sink);
        }
      }
      return header;
    }
  }

  private static void checkFrame(NiftiHeader header, Path file, int frame) {
    if (frame < 0 && header.frames() > 1) {
      throw new BadInputException(
          file + " holds " + header.frames() + " volumes, where one is expected.",
          "Split the 4-D image and give the file of one volume.");
    }
    if (frame >= header.frames()) {
      throw new BadInputException(
          file + " has no volume " + frame + ": it holds " + header.frames() + ", counted from 0.",
          "Give one of those.");
    }
  }

  private static void voxels(NiftiInput in, NiftiHeader header, int frame, StoredSink sink) {
    in.skip(frame * header.frameBytes());
    int size = header.grid().size();
    int width = header.type().bytes();
    byte[] bytes = new byte[BLOCK * width];
    ByteBuffer block = ByteBuffer.wrap(bytes).order(header.order());
    double[] numbers = new double[BLOCK];
    // Not from += BLOCK: the largest volume is close to the largest int.
    for (int from = 0, count; from < size; from += count) {
      count = Math.min(BLOCK, size - from);
      in.read(bytes, count * width);
      VoxelCodec.decode(header.type(), block, numbers, count);
      sink.accept(header, from, numbers, count);
    }
    in.skip((header.frames() - frame - 1) * header.frameBytes());
    in.expectEnd();
  }
}
