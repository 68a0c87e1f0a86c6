package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * The length and modification time of a file.
 *
 * @param bytes its length
 * @param modified its modification time in the file system's resolution (ISO 8601)
 */
public record FileState(long bytes, String modified) {
  /** Longer than the time resolution of any file system that stores fractions of a second. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** Longer than the time resolution of other file systems, such as FAT. */
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
   * Whether a change of the file after {@code read} would change its modification time. A change
   * within the same tick of the file system's clock would not, so the digest of a file that was
   * only just written is not saved.
   */
  public boolean isSettled(Instant read) {
    Instant written = Instant.parse(modified);
    return written.plus(written.getNano() == 0 ? COARSE_TICK : TICK).isBefore(read);
  }
}
