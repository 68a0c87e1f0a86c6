package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mskd.problem.BadInputException;

/**
 * The folder that JavaCPP extracts native libraries to. If it cannot be used, JavaCPP silently
 * takes another one, so it is checked before a worker is started.
 *
 * @param folder an absolute path
 */
public record NativesCache(Path folder) {
  /**
   * Creates the folder and writes a file into it.
   *
   * @throws BadInputException if that fails
   */
  public void check() {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".mskd-", ".tmp"));
    } catch (IOException e) {
      throw new BadInputException(
          "<nativesCache> " + folder + " cannot be used: " + reason(e) + ".",
          "Name a folder that can be made and written, with <nativesCache> or"
              + " -Dmskd.nativesCache.");
    }
  }

  /** The JVM option that names the folder to JavaCPP. */
  static String option(Path folder) {
    return "-Dorg.bytedeco.javacpp.cachedir=" + folder;
  }

  private static String reason(IOException e) {
    String file = e instanceof FileSystemException f && f.getFile() != null ? f.getFile() : "";
    if (e instanceof FileAlreadyExistsException) {
      return file + " is a file, not a folder";
    }
    if (e instanceof AccessDeniedException) {
      return (isIn(file) ? "it" : file) + " may not be written";
    }
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : String.valueOf(e.getMessage());
  }

  private static boolean isIn(String file) {
    Path name = Path.of(file).getFileName();
    return name != null && name.toString().startsWith(".mskd-");
  }
}
