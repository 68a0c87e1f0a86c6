package org.mskd.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders and files that only their owner can read. */
public final class PrivateFolder {
  private PrivateFolder() {}

  /**
   * Makes a folder (0700), and the one that it lies in where needed.
   *
   * @param prefix how its name begins; the rest is random
   */
  public static Path create(Path parent, String prefix) throws IOException {
    Files.createDirectories(parent);
    Path folder = parent.resolve(prefix + TemporaryName.randomDigits());
    return Files.createDirectory(folder, FilePermissions.ownerOnlyFolder(folder));
  }

  /**
   * Makes a file (0600), open for reading and writing; one that is there, be it a link, is an
   * error.
   */
  public static FileChannel createFile(Path file) throws IOException {
    return FileChannel.open(file, TemporaryFile.options(file), FilePermissions.ownerOnly(file));
  }
}
