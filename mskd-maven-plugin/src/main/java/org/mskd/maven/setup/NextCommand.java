package org.mskd.maven.setup;

import java.nio.file.Path;

/** The commands that follow. */
final class NextCommand {
  private static final String DEFAULT = "pom.xml";

  private NextCommand() {}

  /**
   * Maven on a POM.
   *
   * @param folder the folder in which the command is run
   */
  static String mvn(Path pom, Path folder) {
    Path file = pom.toAbsolutePath().normalize();
    Path from = folder.toAbsolutePath().normalize();
    String name =
        (file.startsWith(from) ? from.relativize(file) : file)
            .toString()
            .replace(file.getFileSystem().getSeparator(), "/");
    boolean plain = name.matches("[\\w./:-]+");
    return name.equals(DEFAULT)
        ? "mvn"
        : "mvn -f " + (plain ? name : "'" + name.replace("'", "'\\''") + "'");
  }
}
