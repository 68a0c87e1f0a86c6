package org.mskd.dataset.phantom;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.mskd.file.AtomicFile;

/**
 * Changes below a folder of phantoms, one file at a time. No link below the folder is followed.
 * Tests interrupt the process between any two changes.
 */
class PhantomChanges {
  /** Deletes a file or a link, if it is there; a file behind a link stays. */
  void delete(Path folder, Path file) throws IOException {
    if (linkOnTheWay(folder, file) == null) {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes a folder if it is empty. */
  void deleteEmpty(Path folder, Path empty) throws IOException {
    if (linkOnTheWay(folder, empty) != null || !isFolder(empty)) {
      return;
    }
    try {
      Files.delete(empty);
    } catch (DirectoryNotEmptyException e) {
      // It stays for what it holds.
    }
  }

  /**
   * Moves a file over another, making its folder where needed.
   *
   * @throws IOException also if that would lead behind a link
   */
  void move(Path folder, Path file, Path target) throws IOException {
    Path link = linkOnTheWay(folder, target);
    if (link != null) {
      throw new FileSystemException(link.toString(), null, "it is a link");
    }
    Files.createDirectories(target.getParent());
    AtomicFile.move(file, target);
  }

  /** Writes a text atomically. */
  void write(Path file, String text) {
    AtomicFile.writeText(file, text);
  }

  /** The first path between a folder and a file that is there and no folder; null if none is. */
  private static Path linkOnTheWay(Path folder, Path file) {
    for (Path part = file.getParent(); !part.equals(folder); part = part.getParent()) {
      if (Files.exists(part, LinkOption.NOFOLLOW_LINKS) && !isFolder(part)) {
        return part;
      }
    }
    return null;
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
