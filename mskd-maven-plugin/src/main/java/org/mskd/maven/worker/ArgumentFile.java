package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * The file that the launcher reads its arguments from; they may exceed the limit of a command line.
 */
final class ArgumentFile {
  private ArgumentFile() {}

  /**
   * Writes the arguments.
   *
   * @param usual path of the file, unless that path cannot be passed to a process
   * @param charset the encoding in which the launcher reads it
   * @return path of the written file
   * @throws BadInputException if it cannot be written
   */
  static Path write(Path usual, List<String> arguments, Charset charset) {
    Path file = isSpelledAlike(usual, charset) ? usual : temporary();
    String lines = arguments.stream().map(ArgumentFile::quoted).collect(Collectors.joining("\n"));
    AtomicFile.writePrivate(file, out -> out.write((lines + "\n").getBytes(charset)));
    return file;
  }

  /**
   * Whether a path has the same bytes on the command line as in the file system. Java 17 encodes a
   * command line in {@code file.encoding}, which Maven's options may set, and not in the encoding
   * of file names.
   */
  private static boolean isSpelledAlike(Path file, Charset charset) {
    String name = file.toString();
    return Arrays.equals(name.getBytes(charset), name.getBytes(Charset.defaultCharset()));
  }

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("mskd-worker-", ".args").toAbsolutePath();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new BadInputException(
          "The worker's arguments cannot be written to a temporary folder: " + e.getMessage() + ".",
          "Set -Dfile.encoding=" + System.getProperty("sun.jnu.encoding") + " in MAVEN_OPTS.",
          e);
    }
  }

  /** An argument in quotes, in which a backslash escapes. */
  static String quoted(String argument) {
    String escaped =
        argument
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t");
    return '"' + escaped + '"';
  }
}
