package org.mskd.dataset;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.mskd.file.FileBytes;

/**
 * A run of equally large slices in a file.
 *
 * @param file that holds them
 * @param position where the first begins, bytes
 * @param slices how many
 * @param sliceBytes of each
 */
record SliceRun(FileBytes file, long position, int slices, int sliceBytes) {
  /** Reads the bytes of one slice. */
  ByteBuffer slice(int slice) {
    Objects.checkIndex(slice, slices);
    return file.read(position + (long) slice * sliceBytes, sliceBytes);
  }
}
