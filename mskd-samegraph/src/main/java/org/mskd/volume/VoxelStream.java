package org.mskd.volume;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.mskd.problem.BadInputException;

/**
 * The voxels of a NIfTI file, first axis fastest, a block at a time: a volume of any size takes the
 * memory of one block. {@code scl_slope} and {@code scl_inter} are applied.
 */
public final class VoxelStream implements AutoCloseable {
  /** The most voxels that one call of {@link #read} returns. */
  public static final int BLOCK = 1 << 13;

  private final NiftiHeader header;
  private final NiftiInput in;
  private final byte[] bytes;
  private final ByteBuffer block;
  private final double[] stored = new double[BLOCK];
  private final long bytesAfter;
  private int left;

  private VoxelStream(NiftiHeader header, NiftiInput in, int frame) {
    this.header = header;
    this.in = in;
    this.bytes = new byte[BLOCK * header.type().bytes()];
    this.block = ByteBuffer.wrap(bytes).order(header.order());
    this.bytesAfter = (header.frames() - frame - 1) * header.frameBytes();
    this.left = header.grid().size();
  }

  /**
   * Opens a file that holds one volume.
   *
   * @param file a {@code .nii}, or either of a {@code .hdr}/{@code .img} pair
   * @throws BadInputException as {@link NiftiReader#read(Path)}
   */
  public static VoxelStream open(Path file) {
    return open(file, -1, Position.REQUIRED);
  }

  /** As {@link #open}, of a volume as {@link NiftiReader#readUnplacedHeader}. */
  public static VoxelStream openUnplaced(Path file) {
    return open(file, -1, Position.OPTIONAL);
  }

  /** Opens volume {@code frame} of a file, from 0; -1 for the only one. */
  static VoxelStream open(Path file, int frame, Position position) {
    NiftiFiles files = NiftiFiles.of(file);
    NiftiInput in = NiftiInput.ofHeader(files.header());
    try {
      NiftiHeader header = NiftiHeader.read(in, files.header(), files.single(), position);
      checkFrame(header, file, frame);
      if (!files.single()) {
        in.close();
        in = NiftiInput.ofImage(files.presentImage());
      }
      in.skipTo(header.dataOffset(), header.frames() * header.frameBytes());
      in.skip(Math.max(frame, 0) * header.frameBytes());
      return new VoxelStream(header, in, Math.max(frame, 0));
    } catch (RuntimeException | Error e) {
      in.close();
      throw e;
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

  /** Where the voxels lie. */
  public Grid grid() {
    return header.grid();
  }

  /**
   * Reads the next voxels.
   *
   * @param out receives them, from index {@code at} on
   * @return how many were read; 0 if none is left, which is the case only when the whole file has
   *     been read and its checksum, if it is compressed, is right
   * @throws BadInputException if the file is damaged
   */
  public int read(float[] out, int at) {
    int count = readStored(out.length - at);
    header.scale(stored, count, out, at);
    return count;
  }

  /**
   * Reads the next numbers as they are in the file, into {@link #stored}.
   *
   * @param most how many at most
   * @return how many were read, as {@link #read}
   */
  int readStored(int most) {
    int count = Math.min(Math.min(BLOCK, left), most);
    if (count == 0) {
      return 0;
    }
    in.read(bytes, count * header.type().bytes());
    VoxelCodec.decode(header.type(), block, stored, count);
    left -= count;
    if (left == 0) {
      in.skip(bytesAfter);
      in.expectEnd();
    }
    return count;
  }

  /** The numbers of the last {@link #readStored}; overwritten by the next. */
  double[] stored() {
    return stored;
  }

  NiftiHeader header() {
    return header;
  }

  @Override
  public void close() {
    in.close();
  }
}
