package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.DataLicense;
import org.mskd.experiment.PublicationSettings;
import org.mskd.problem.BadInputException;

class PublicationReaderTest {
  @TempDir Path folder;

  private static PublicationSettings read(String pom, String... properties) {
    return new PublicationReader(Pom.section(pom, properties)).settings();
  }

  private static String refused(String pom, String... properties) {
    return assertThrows(BadInputException.class, () -> read(pom, properties)).getMessage();
  }

  @Test
  void nothingIsPublishedUnlessItIsDeclared() {
    assertEquals(PublicationSettings.DEFAULT, read(""));
    assertEquals(
        new PublicationSettings(false, Optional.empty()), read("<publication></publication>"));
  }

  @Test
  void elementsAndPropertiesAreRead() throws IOException {
    Path license = folder.resolve("LICENSE-DATA");
    Files.write(license, "Größe\r\nzwei\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        new PublicationSettings(
            true, Optional.of(new DataLicense("CC-BY-SA-4.0", "Größe\nzwei\n"))),
        read(
            "<publication><datasetNames>true</datasetNames>"
                + "<dataLicense>CC-BY-SA-4.0</dataLicense></publication>",
            "dataLicenseFile=" + license));
    assertEquals(
        new PublicationSettings(false, Optional.of(new DataLicense("CC0", ""))),
        read(
            "<publication><datasetNames>true</datasetNames></publication>",
            "datasetNames=false",
            "dataLicense=CC0"));
    assertEquals(
        Optional.of(new DataLicense("", "Größe\nzwei\n")),
        read("", "dataLicenseFile=" + license).license());
  }

  @Test
  void invalidValuesAreNamed() throws IOException {
    assertTrue(
        refused("<publication><datasetNames>yes</datasetNames></publication>")
            .contains("<datasetNames> of <publication> is yes. Allowed is true or false"));
    String none = refused("", "dataLicenseFile=" + folder.resolve("none"));
    assertTrue(none.contains("-Dmskd.dataLicenseFile is " + folder.resolve("none")), none);
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xAC, (byte) 0xED});
    String text = refused("", "dataLicenseFile=" + binary);
    assertTrue(text.contains("Allowed is a text file in UTF-8"), text);
    Path empty = Files.createFile(folder.resolve("empty"));
    assertTrue(refused("", "dataLicenseFile=" + empty).contains("a text that is not blank"));
    Path large = Files.writeString(folder.resolve("large"), "x".repeat(DataLicense.LONGEST + 1));
    assertTrue(refused("", "dataLicenseFile=" + large).contains("at most 262144"));
    Path huge = Files.writeString(folder.resolve("huge"), "x".repeat(4 * DataLicense.LONGEST + 1));
    assertTrue(refused("", "dataLicenseFile=" + huge).contains("at most 262144"));
    assertTrue(
        refused("", "dataLicense=" + "x".repeat(DataLicense.LONGEST + 1)).contains("dataLicense"));
  }
}
