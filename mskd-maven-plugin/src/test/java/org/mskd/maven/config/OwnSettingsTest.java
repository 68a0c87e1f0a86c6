package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.problem.BadInputException;

/** The parameters of compare and reproduce. */
class OwnSettingsTest {
  private static final Path BASE = Path.of("").toAbsolutePath();

  @Test
  void runsAreNamedAsTheyWereGiven() {
    CompareSettings settings = CompareSettings.of(" a, b/c ,,a", "out", BASE);
    assertEquals(List.of("a", "b/c"), List.copyOf(settings.runs().keySet()));
    assertEquals(BASE.resolve("b/c"), settings.runs().get("b/c"));
    assertEquals(Optional.of(BASE.resolve("out")), settings.report());
    assertEquals(Optional.empty(), CompareSettings.of("a,b", null, BASE).report());
  }

  @Test
  void noRunsAreAnError() {
    for (String none : new String[] {null, " "}) {
      String message =
          assertThrows(BadInputException.class, () -> CompareSettings.of(none, null, BASE))
              .getMessage();
      assertTrue(message.contains("-Dmskd.runs"), message);
    }
  }

  @Test
  void theDefaultsOfReproduce() {
    assertEquals(
        new ReproduceSettings(BASE.resolve("mskd.lock.json"), 0.05),
        ReproduceSettings.of(null, null, BASE.resolve("mskd.lock.json")));
    assertEquals(
        new ReproduceSettings(BASE.resolve("x.json"), 0),
        ReproduceSettings.of("x.json", "0", BASE.resolve("mskd.lock.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.1", "NaN", "much"})
  void toleranceIsAFraction(String wrong) {
    String message =
        assertThrows(
                BadInputException.class,
                () -> ReproduceSettings.of(null, wrong, BASE.resolve("mskd.lock.json")))
            .getMessage();
    assertTrue(message.contains("tolerance"), message);
  }
}
