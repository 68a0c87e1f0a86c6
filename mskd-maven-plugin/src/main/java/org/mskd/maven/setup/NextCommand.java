package org.mskd.maven.setup;

import java.nio.file.Path;

/** The commands that follow. */
public final class NextCommand {
  private static final String DEFAULT = "pom.xml";

  private NextCommand() {}

  /**
   * Maven on a POM.
   *
   * @param folder the folder in which the command is run
   */
  static String mvn(Path pom, Path folder) {
    String argument = argument(pom, folder);
    return argument.equals(DEFAULT) ? "mvn" : "mvn -f " + argument;
  }

  /**
   * A path as an argument of a shell's command, with quotes where it needs them.
   *
   * @param folder the folder in which the command is run; a path in it is relative
   */
  public static String argument(Path path, Path folder) {
    Path file = path.toAbsolutePath().normalize();
    Path from = folder.toAbsolutePath().normalize();
    String name =
        (file.startsWith(from) ? from.relativize(file) : file)
            .toString()
            .replace(file.getFileSystem().getSeparator(), "/");
    return name.matches("[\\w./:-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }
}
