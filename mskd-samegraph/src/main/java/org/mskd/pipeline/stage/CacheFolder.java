package org.mskd.pipeline.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.mskd.file.AtomicFile;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * The folder of a {@link ResultCache}: new, empty, or marked by the file {@value #MARKER}. Any
 * other folder belongs to the user, and is refused.
 */
public final class CacheFolder {
  static final String MARKER = ".mskd-cache";

  private static final String MARK =
      "{\"about\":\"Cache of results of mskd. Entries are added and removed. It may be"
          + " deleted.\",\"schema\":1}\n";

  private CacheFolder() {}

  /**
   * Checks a folder and changes nothing.
   *
   * @throws BadInputException if it holds something else, or cannot be read
   */
  public static void check(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          "<cacheDirectory> " + folder + " is not a folder.", "Name a new or empty folder.");
    }
    if (!Files.isRegularFile(folder.resolve(MARKER)) && !isEmpty(folder)) {
      throw new BadInputException(
          "<cacheDirectory> " + folder + " holds files, and is not marked as a cache of mskd.",
          "Name a new or empty folder. Nothing was changed.");
    }
  }

  /**
   * Checks a folder, creates it if it is missing, and marks it.
   *
   * @throws BadInputException as {@link #check}, or if it cannot be written
   */
  public static void take(Path folder) {
    check(folder);
    if (!Files.isRegularFile(folder.resolve(MARKER))) {
      AtomicFile.writeText(folder.resolve(MARKER), MARK);
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(AtomicFile::isTemporary) || Files.exists(folder.resolve(MARKER));
    } catch (IOException e) {
      throw new BadInputException(
          "<cacheDirectory> " + folder + " cannot be read: " + WriteFailure.reason(e) + ".",
          "Check its permissions, or choose another folder.",
          e);
    }
  }
}
