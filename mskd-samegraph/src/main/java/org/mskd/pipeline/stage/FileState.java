package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * The length and time of a file, known without reading it.
 *
 * @param bytes its length
 * @param modified its modification time, as precise as the file system has it (ISO 8601)
 */
public record FileState(long bytes, String modified) {
  /** Longer than the clock of any file system that keeps fractions of a second stands still. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** Longer than that of one that does not, such as FAT's. */
  private static final Duration COARSE_TICK = Duration.ofSeconds(3);

  public static FileState of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileState(attributes.size(), attributes.lastModifiedTime().toInstant().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether a change of the file after {@code read} would show. One in the same tick of the file
   * system's clock would not, so a file that has only just been written is not remembered.
   */
  public boolean isSettled(Instant read) {
    Instant written = Instant.parse(modified);
    return written.plus(written.getNano() == 0 ? COARSE_TICK : TICK).isBefore(read);
  }
}
