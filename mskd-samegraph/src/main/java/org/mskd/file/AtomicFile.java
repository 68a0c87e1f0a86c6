package org.mskd.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mskd.problem.BadInputException;

/**
 * Writes a file atomically: to a {@link TemporaryFile} in the folder of the target, forced to the
 * disk, then moved over the target. So the target is complete or absent. A target that is a link is
 * replaced; the file that it points to stays as it is. A killed process leaves its temporary file,
 * which no other process writes over: {@link #isTemporary} recognises it.
 */
public final class AtomicFile {
  private static final int BLOCK = 1 << 16;

  private AtomicFile() {}

  /** What fills the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}, which the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** How a temporary file is begun. */
  @FunctionalInterface
  private interface Begin {
    TemporaryFile of(Path target) throws IOException;
  }

  /**
   * Writes {@code target} with the permissions of the umask, making its folder where needed.
   *
   * @throws BadInputException if the disk is full, or the folder cannot be written; nothing is left
   */
  public static void write(Path target, Content content) {
    write(target, content, TemporaryFile::of);
  }

  /** As {@link #write}, but the file's owner alone can read and write it (0600). */
  public static void writePrivate(Path target, Content content) {
    write(target, content, TemporaryFile::privateOf);
  }

  /** Writes text as UTF-8; as {@link #write}. */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void write(Path target, Content content, Begin begin) {
    try (TemporaryFile file = begin.of(target)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file.channel()), BLOCK);
      content.writeTo(out);
      out.flush();
      file.commit();
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /** Whether a file's name is that of a temporary file, perhaps left by a killed process. */
  public static boolean isTemporary(Path file) {
    return targetOf(file).isPresent();
  }

  /**
   * The file that a temporary file was to become; empty if it is no temporary file. A name longer
   * than 232 bytes is returned cut to that length.
   */
  public static Optional<Path> targetOf(Path temporary) {
    return TemporaryName.target(temporary);
  }

  /**
   * Deletes the temporary files that killed processes left in a folder, not in folders below it.
   * Only for a folder that no other process writes to meanwhile.
   */
  public static void removeTemporaries(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left = files.filter(AtomicFile::isTemporary).toList();
    }
    for (Path file : left) {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Moves a file that is written and forced to the disk over another of the same file system. */
  public static void move(Path file, Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The remedy of a failed write. */
  public static BadInputException failed(Path target, IOException cause) {
    return new BadInputException(
        target + " could not be written: " + WriteFailure.reason(cause) + ".",
        WriteFailure.remedy(cause),
        cause);
  }
}
