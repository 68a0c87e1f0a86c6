package org.mskd.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Bytes of an open file, whatever its channel's position. */
public final class ChannelBytes {
  private ChannelBytes() {}

  /** Up to {@code length} bytes from {@code position} on; fewer where the file ends. */
  public static ByteBuffer read(FileChannel channel, long position, int length, ByteOrder order)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(order);
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = channel.read(bytes, position + bytes.position());
    }
    return bytes.flip();
  }

  /**
   * The CRC-32C of the first {@code end} bytes.
   *
   * @throws EOFException if there are not so many
   */
  public static int crc32c(FileChannel channel, long end) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer block = ByteBuffer.allocateDirect(1 << 18);
    long position = 0;
    while (position < end) {
      block.clear().limit((int) Math.min(block.capacity(), end - position));
      int read = channel.read(block, position);
      if (read < 0) {
        throw new EOFException("it became shorter while it was read");
      }
      checksum.update(block.flip());
      position += read;
    }
    return (int) checksum.getValue();
  }
}
