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
 * What a NIfTI file is to hold: a header, and voxels that are fetched a block at a time while they
 * are written. The gzip header carries no time and no name, so equal content gives equal bytes.
 *
 * @param header with the extension flags
 * @param voxels how many
 * @param type how each is stored
 * @param source where they come from, called from front to back
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NiftiContent(byte[] header, int voxels, VoxelType type, Source source) {
  /** Most voxels that are fetched at once. */
  static final int BLOCK = 1 << 13;

  /** Where voxels come from. */
  @FunctionalInterface
  interface Source {
    /** Puts the {@code count} voxels from the {@code from}-th on at the start of {@code out}. */
    void copy(int from, int count, float[] out);
  }

  /**
   * Writes the file atomically.
   *
   * @throws IllegalArgumentException if the name ends neither in {@code .nii} nor in {@code
   *     .nii.gz}
   * @throws org.mskd.problem.BadInputException if the file cannot be written
   */
  void write(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(".nii") && !name.endsWith(".nii.gz")) {
      throw new IllegalArgumentException(file + " ends neither in .nii nor in .nii.gz");
    }
    AtomicFile.write(
        file,
        out -> {
          if (name.endsWith(".gz")) {
            Gzip gzip = new Gzip(out);
            try {
              writeTo(gzip);
              gzip.finish();
            } finally {
              gzip.release();
            }
          } else {
            writeTo(out);
          }
        });
  }

  private void writeTo(OutputStream out) throws IOException {
    out.write(header);
    float[] numbers = new float[BLOCK];
    byte[] bytes = new byte[BLOCK * type.bytes()];
    ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count;
    for (int at = 0; at < voxels; at += count) {
      count = Math.min(BLOCK, voxels - at);
      source.copy(at, count, numbers);
      VoxelCodec.encode(type, numbers, count, block);
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
