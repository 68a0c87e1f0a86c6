package org.mskd.maven.config;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.mskd.problem.BadInputException;

/**
 * The parameters of the goal {@code init}.
 *
 * @param data the folder that holds the data sets
 * @param pom the POM to be written
 */
public record InitSettings(Path data, Path pom) {
  /**
   * The parameters as Maven passes them.
   *
   * @param data {@code -Dmskd.data}; null if it is not given
   * @param pom {@code -Dmskd.pom}; null if it is not given
   * @param basedir the folder that both are relative to
   * @throws BadInputException if the data are not given, a value is no path, or the POM exists
   */
  public static InitSettings of(String data, String pom, Path basedir) {
    if (data == null || data.isBlank()) {
      throw new BadInputException(
          Schema.userProperty("data") + " is missing.",
          "Name the folder that holds the data sets: " + Schema.userProperty("data") + "=FOLDER.");
    }
    String name = pom == null || pom.isBlank() ? "pom.xml" : pom.strip();
    InitSettings settings =
        new InitSettings(
            Value.ofUser("data", data.strip()).asPath(basedir),
            Value.ofUser("pom", name).asPath(basedir));
    settings.requireNewPom();
    return settings;
  }

  /**
   * Checks that the POM does not exist, not even as a broken link.
   *
   * @throws BadInputException if it does
   */
  public void requireNewPom() {
    if (Files.exists(pom, LinkOption.NOFOLLOW_LINKS)) {
      throw new BadInputException(
          pom + " exists already, and is not replaced. Nothing was written.",
          "Start in an empty folder, or choose another name with "
              + Schema.userProperty("pom")
              + "=NAME.");
    }
  }
}
