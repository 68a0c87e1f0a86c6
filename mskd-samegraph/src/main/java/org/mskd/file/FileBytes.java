package org.mskd.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mskd.problem.BadInputException;

/**
 * A file that is read in parts, each when it is needed. Memory holds no more of it than that:
 * mapped pages would count as memory of this process as soon as they were read. It is opened for
 * each part, so that a set of a thousand files keeps none open and nothing has to be closed.
 * Thread-safe.
 *
 * @param file that is there as long as it is read
 * @param order of its numbers
 */
public record FileBytes(Path file, ByteOrder order) {
  /**
   * Reads a part.
   *
   * @param position of its first byte
   * @param length bytes
   * @throws BadInputException if the file is gone, shorter than that or cannot be read
   */
  public ByteBuffer read(long position, int length) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer part = ChannelBytes.read(channel, position, length, order);
      if (part.remaining() == length) {
        return part;
      }
      throw new BadInputException(
          file + " became shorter while it was in use.",
          "Keep other programs away from it, and run the same goal again.");
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read any more: " + e + ".",
          "Check its disk, keep other programs away from it, and run the same goal again.",
          e);
    }
  }
}
