package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class OrganSizesTest {
  private static final String TEXT =
      "{\"organs\":[\"liver\",\"spleen\"],\"pixels\":{\"all/a\":[80,15,5],\"all/b\":[5,5,0]}}\n";

  @TempDir Path folder;

  private static OrganSizes sizes() {
    return new OrganSizes(
        List.of("liver", "spleen"),
        new TreeMap<>(Map.of("all/b", List.of(5L, 5L, 0L), "all/a", List.of(80L, 15L, 5L))));
  }

  /** (0.15 + 0.5) / 2 and (0.05 + 0) / 2. */
  @Test
  void aLongScanCountsNoMoreThanAShortOne() {
    List<Double> shares = sizes().shares();
    assertEquals(0.325, shares.get(0), 1e-12);
    assertEquals(0.025, shares.get(1), 1e-12);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("organ-sizes.json");
    sizes().write(file);
    assertEquals(TEXT, Files.readString(file));
    assertEquals(sizes(), OrganSizes.read(file));
  }

  @Test
  void refusesAnythingElse() throws IOException {
    Path file = folder.resolve("organ-sizes.json");
    assertThrows(BadInputException.class, () -> OrganSizes.read(file));
    for (String text :
        List.of(
            "",
            "null",
            TEXT.strip(),
            TEXT.replace("80", "-80"),
            TEXT.replace("[80,15,5]", "[80,15]"),
            TEXT.replace("[5,5,0]", "[0,0,0]"),
            TEXT.replace("\"all/a\":[80,15,5],\"all/b\":[5,5,0]", ""))) {
      Files.writeString(file, text);
      assertThrows(BadInputException.class, () -> OrganSizes.read(file), text);
    }
  }
}
