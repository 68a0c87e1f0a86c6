package org.mskd.benchmark.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {
  @Test
  void argumentsAreReadFromTheirCommandLine() {
    Arguments parameters =
        Arguments.none().with("size", 256).with("live", true).with("name", "a=b");
    Arguments read = Arguments.parse(parameters.toList().toArray(String[]::new));
    assertEquals(parameters, read);
    assertEquals("a=b", read.text("name"));
    assertThrows(IllegalArgumentException.class, () -> read.text("base"));
    assertThrows(IllegalArgumentException.class, () -> Arguments.parse("quick"));
  }

  @Test
  void optionsAreFoundByTheirPrefix() {
    Arguments parameters = Arguments.parse("option.cutMix=0.5", "option.labelWeight=1", "size=64");
    assertEquals(Map.of("cutMix", "0.5", "labelWeight", "1"), parameters.startingWith("option."));
    assertEquals(Map.of(), parameters.startingWith("network."));
    assertEquals(Optional.of("64"), parameters.optional("size"));
    assertEquals(Optional.empty(), parameters.optional("base"));
  }

  @Test
  void resultsPassFromJvmToJvm(@TempDir Path folder) throws IOException {
    Results results = new Results();
    results.put("step.medianMs", 12.5);
    results.put("engine", "CPU");
    results.write(folder.resolve("r.json"));
    Results read = Results.read(folder.resolve("r.json"));
    assertEquals(results.numbers(), read.numbers());
    assertEquals(results.texts(), read.texts());
  }
}
