package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On Windows no name of a file has colons. */
@DisabledOnOs(OS.WINDOWS)
class ModelFilesTest {
  private static final String COORDINATES = "org.hospital:liver:1.0";
  private static final Path RESOLVED = Path.of("/repository/liver-1.0.mskd");

  @TempDir private Path folder;

  private Path file(boolean signed) {
    return new ModelFiles(coordinates -> RESOLVED, signed)
        .of(Value.ofUser("model", COORDINATES), folder);
  }

  @Test
  void coordinatesAreResolved() {
    assertEquals(RESOLVED, file(false));
    assertEquals(RESOLVED, file(true));
  }

  @Test
  void aFileOfThatNameComesFirst() throws IOException {
    Path named = Files.createFile(folder.resolve(COORDINATES));
    assertEquals(named, file(false));
  }

  /** Nothing would be checked of it. */
  @Test
  void aFileOfThatNameDoesNotAvoidTheCheckOfSignatures() throws IOException {
    Files.createFile(folder.resolve(COORDINATES));
    assertEquals(RESOLVED, file(true));
  }

  @Test
  void aFolderOfThatNameIsNoModel() throws IOException {
    Files.createDirectory(folder.resolve(COORDINATES));
    assertEquals(RESOLVED, file(false));
  }

  @Test
  void otherTextsArePaths() {
    assertEquals(
        folder.resolve("liver.mskd"),
        new ModelFiles(coordinates -> RESOLVED, true)
            .of(Value.ofUser("model", "liver.mskd"), folder));
  }
}
