package org.mskd.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives a file that never changes a second name. */
public final class HardLink {
  private HardLink() {}

  /**
   * Makes {@code target} a hard link to a file, or a copy where the file system has no hard links;
   * makes its folder where needed.
   *
   * @param file a regular file that is not written any more
   * @param target where nothing is yet
   * @throws org.mskd.problem.BadInputException if the disk is full, or the folder cannot be written
   */
  public static void orCopy(Path file, Path target) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.createLink(target, file);
    } catch (IOException | UnsupportedOperationException e) {
      AtomicFile.write(target, out -> Files.copy(file, out));
    }
  }
}
