package org.mskd.file;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.mskd.problem.BadInputException;

/**
 * Writes a file so that it is either whole or not there: to a temporary file beside the target,
 * forced to the disk, then moved over it.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What fills the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}, which the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code target}, making its folder where needed.
   *
   * @throws BadInputException if the disk is full, or the folder cannot be written; nothing is left
   */
  public static void write(Path target, Content content) {
    Path temporary = temporaryOf(target);
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      try (FileOutputStream file = new FileOutputStream(temporary.toFile());
          OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
        content.writeTo(out);
        out.flush();
        file.getFD().sync();
      }
      commit(temporary, target);
    } catch (IOException e) {
      throw failed(target, temporary, e);
    } catch (RuntimeException | Error e) {
      remove(temporary, e);
      throw e;
    }
  }

  /** Writes text as UTF-8. */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The temporary name used for {@code target}, for writers that need a channel of their own. */
  public static Path temporaryOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  /** Whether a file is one that a killed process did not finish. */
  public static boolean isTemporary(Path file) {
    return file.getFileName().toString().endsWith(".part");
  }

  /** Moves a temporary file that is written and forced to its target. */
  public static void commit(Path temporary, Path target) throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes the temporary file and turns a failed write into what a person should do about it. */
  public static BadInputException failed(Path target, Path temporary, IOException cause) {
    remove(temporary, cause);
    return new BadInputException(
        target + " could not be written: " + reason(cause) + ".",
        "Free space on that disk or choose another folder, then run the same goal again.",
        cause);
  }

  private static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static void remove(Path temporary, Throwable cause) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
