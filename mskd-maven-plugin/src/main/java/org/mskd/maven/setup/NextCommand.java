package org.mskd.maven.setup;

import java.nio.file.Path;

/** The commands that follow. */
final class NextCommand {
  private static final String DEFAULT = "pom.xml";

  private NextCommand() {}

  /** Maven on a POM, from its folder. */
  static String mvn(Path pom) {
    String name = pom.getFileName().toString();
    boolean plain = name.matches("[\\w.-]+");
    return name.equals(DEFAULT) ? "mvn" : "mvn -f " + (plain ? name : "'" + name + "'");
  }
}
