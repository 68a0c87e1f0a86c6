package org.mskd.pipeline.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.problem.BadInputException;

class ReproductionFolderTest {
  @TempDir private Path root;

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anUnfinishedReproductionStaysAndAFinishedOneGoes() throws IOException {
    Path output = root.resolve("mskd-reproduce");
    ReproductionFolder folder = new ReproductionFolder(output);
    folder.startAfresh();
    OutputDirectory.take(output);
    Files.createDirectories(output.resolve("teachers/liver"));
    Files.writeString(output.resolve("teachers/liver/model.mskd"), "model");
    folder.startAfresh();
    assertEquals(List.of(".mskd", "teachers"), files(output));
    folder.finish();
    folder.startAfresh();
    assertEquals(List.of(".mskd"), files(output));
    OutputDirectory.check(output);
  }

  @Test
  void aFolderOfTheUserIsRefused() throws IOException {
    Path output = root.resolve("mine");
    Files.createDirectories(output);
    Files.writeString(output.resolve("reproduced.json"), "{}");
    assertThrows(BadInputException.class, () -> new ReproductionFolder(output).startAfresh());
    assertTrue(Files.exists(output.resolve("reproduced.json")));
  }
}
