package org.mskd.pipeline.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.ExperimentFolders;

/**
 * How long each stage took when it last ran: {@code logs/stage-times.json}. No result depends on
 * it.
 */
public final class StageTimes {
  private static final String NAME = "stage-times.json";

  private StageTimes() {}

  private static Path file(Path outputDirectory) {
    return new ExperimentFolders(outputDirectory).logs().resolve(NAME);
  }

  /** Seconds by the stage's name; none if nothing is known. */
  public static SortedMap<String, Double> read(Path outputDirectory) {
    SortedMap<String, Double> times = new TreeMap<>();
    try {
      Path file = file(outputDirectory);
      if (Files.isRegularFile(file)) {
        Map<?, ?> read = ExperimentJson.read(Files.readString(file), Map.class);
        read.forEach(
            (stage, seconds) -> {
              if (seconds instanceof Number number) {
                times.put(stage.toString(), number.doubleValue());
              }
            });
      }
    } catch (IOException | IllegalArgumentException e) {
      return new TreeMap<>(); // a damaged file is replaced
    }
    return times;
  }

  /**
   * Adds the times of a run.
   *
   * @throws org.mskd.problem.BadInputException if the file cannot be written
   */
  public static void add(Path outputDirectory, List<Event> events) {
    SortedMap<String, Double> times = read(outputDirectory);
    boolean changed = false;
    for (Event event : events) {
      if (event instanceof Event.StageDone done) {
        times.put(done.stage(), done.seconds());
        changed = true;
      }
    }
    if (changed) {
      AtomicFile.writeText(file(outputDirectory), ExperimentJson.write(times) + "\n");
    }
  }
}
