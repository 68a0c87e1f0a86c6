package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;

class TrustedKeysReaderTest {
  private static String refused(Section section) {
    return assertThrows(BadInputException.class, () -> TrustedKeysReader.read(section))
        .getMessage();
  }

  @Test
  void keysAreRelativeToTheProject() {
    assertEquals(Optional.empty(), TrustedKeysReader.read(Pom.section("")));
    assertEquals(
        Optional.of(Pom.BASEDIR.resolve("keys")),
        TrustedKeysReader.read(Pom.section("<trustedKeys>keys</trustedKeys>")));
    assertEquals(
        Optional.of(Pom.BASEDIR.resolve("others.asc")),
        TrustedKeysReader.read(
            Pom.section("<trustedKeys>keys</trustedKeys>", "trustedKeys=others.asc")));
  }

  /** An empty path would be the project's own folder. */
  @Test
  void aPropertyWithoutAValueIsRefused() {
    String remedy =
        " is empty. Name the file or folder of the keys, or leave it out: then no signature is"
            + " checked.";
    assertEquals(
        "-Dmskd.trustedKeys" + remedy,
        refused(Pom.section("<trustedKeys>keys</trustedKeys>", "trustedKeys= ")));
    assertEquals(
        "<mskd.trustedKeys> of the project's properties" + remedy,
        refused(Pom.section("", new Properties(), Pom.properties("trustedKeys="))));
  }
}
