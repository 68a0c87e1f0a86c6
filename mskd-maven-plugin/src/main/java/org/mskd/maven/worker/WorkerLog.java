package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The log file: all output of a worker and its native code.
 *
 * @param file its path
 */
record WorkerLog(Path file) {
  private static final int LAST_BYTES = 8192;
  private static final int LAST_LINES = 5;

  /** Its last lines that are not blank, oldest first, without stack frames. */
  List<String> lastLines() {
    List<String> lines =
        end()
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
            .map(String::strip)
            .toList();
    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
  }

  /** Its last few thousand bytes; empty where it cannot be read. */
  String end() {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - LAST_BYTES));
      ByteBuffer end = ByteBuffer.allocate(LAST_BYTES);
      int read = channel.read(end);
      while (read >= 0 && end.hasRemaining()) {
        read = channel.read(end);
      }
      return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
