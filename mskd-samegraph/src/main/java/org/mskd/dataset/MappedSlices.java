package org.mskd.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A run of equally large slices of a file, mapped into memory in pieces, since one mapping holds 2
 * GiB at most. The pieces go with the garbage collector. Safe for many threads.
 */
final class MappedSlices {
  /** The largest mapping that is made, bytes. */
  static final int PIECE = 1 << 30;

  private final int sliceBytes;
  private final int slicesPerPiece;
  private final ByteBuffer[] pieces;

  MappedSlices(FileChannel file, long position, int slices, int sliceBytes, int pieceBytes)
      throws IOException {
    this.sliceBytes = sliceBytes;
    this.slicesPerPiece = Math.max(1, pieceBytes / sliceBytes);
    this.pieces = new ByteBuffer[(slices + slicesPerPiece - 1) / slicesPerPiece];
    for (int piece = 0; piece < pieces.length; piece++) {
      int first = piece * slicesPerPiece;
      long bytes = (long) Math.min(slicesPerPiece, slices - first) * sliceBytes;
      pieces[piece] =
          file.map(FileChannel.MapMode.READ_ONLY, position + (long) first * sliceBytes, bytes);
    }
  }

  /** The bytes of one slice, a view of its own. */
  ByteBuffer slice(int slice) {
    return pieces[slice / slicesPerPiece]
        .slice((slice % slicesPerPiece) * sliceBytes, sliceBytes)
        .order(SliceStoreFormat.ORDER);
  }
}
