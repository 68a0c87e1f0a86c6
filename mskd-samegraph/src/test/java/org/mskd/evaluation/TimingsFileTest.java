package org.mskd.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class TimingsFileTest {
  @TempDir Path folder;

  @Test
  void isReadAsItWasWritten() throws IOException {
    Path file = folder.resolve(TimingsFile.NAME);
    TimingsFile.write(
        file,
        new TreeMap<>(
            Map.of(
                "mskd",
                new TreeMap<>(Map.of(TimingsFile.TRAINING, .0625, TimingsFile.PREDICTION, 1.5)),
                "teachers",
                new TreeMap<String, Double>())));
    assertEquals(
        "{\"models\":{\"mskd\":{\"predictionSecondsPerVolume\":1.5,"
            + "\"trainingSecondsPerIteration\":0.0625},\"teachers\":{}},\"schema\":2}\n",
        Files.readString(file));
    assertEquals(.0625, TimingsFile.read(file).get("mskd").get(TimingsFile.TRAINING));
    assertTrue(TimingsFile.read(file).get("teachers").isEmpty());
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve(TimingsFile.NAME), "{\"schema\":1}");
    BadInputException e = assertThrows(BadInputException.class, () -> TimingsFile.read(file));
    assertTrue(e.getMessage().contains(file.toString()), e::getMessage);
  }
}
