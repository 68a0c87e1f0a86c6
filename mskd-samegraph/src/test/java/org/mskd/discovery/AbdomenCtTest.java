package org.mskd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real CT, of which its description says: 1 liver, 2 spleen, 3 kidneys, 4 pancreas. */
class AbdomenCtTest {
  private static final List<String> ORGANS = List.of("liver", "spleen", "kidney", "pancreas");

  private static Path data() {
    Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("shared/data/abdomen-ct"))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "skipped: no shared/data/abdomen-ct beside the repository");
    return folder.resolve("shared/data/abdomen-ct");
  }

  @Test
  void organsAndTheirValuesAreFoundWithoutADescription() {
    Path data = data();
    FoundData found = Discovery.in(data, folder -> {});
    assertEquals(ORGANS, found.organs().stream().map(FoundOrgan::organ).toList());
    List<OrganValues> numbers =
        List.of(
            new OrganValues("liver", List.of(1)),
            new OrganValues("spleen", List.of(2)),
            new OrganValues("kidney", List.of(3)),
            new OrganValues("pancreas", List.of(4)));
    assertEquals(numbers, found.several().get(0).organs());
    assertEquals(4, found.several().get(0).images().size());
    assertEquals(20, found.several().get(0).scans());
    assertEquals(numbers, found.testSet().orElseThrow().organs());
    assertEquals(data.resolve("multi-organ-test"), found.testSet().orElseThrow().directory());
    assertEquals(List.of(), found.leftOut());
    assertEquals(256, found.longestSide());
  }
}
