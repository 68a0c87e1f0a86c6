package org.mskd.pipeline.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.ExperimentJson;

/** Reads the events of a run. */
public final class RunEvents {
  private RunEvents() {}

  /**
   * The events of a file so far, without progress; none if it cannot be read. A line that is not
   * complete is left out.
   */
  public static List<Event> read(Path file) {
    List<Event> events = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.endsWith("}") && !line.contains("\"event\":\"progress\"")) {
          events.add(ExperimentJson.read(line, Event.class));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return events; // they are only reported; no result depends on them
    }
    return events;
  }
}
