package org.mskd.pipeline.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.mskd.pipeline.event.DurationText;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageForecast;
import org.mskd.report.content.StageLine;

/** What a run did with each stage, or would do with it. */
final class StageLines {
  /** Stages that a notice names. */
  private static final int NAMED = 4;

  private final SortedMap<String, Double> times;

  /**
   * @param times seconds by the stage's name
   */
  StageLines(SortedMap<String, Double> times) {
    this.times = times;
  }

  /** The stages of a run that is over. */
  List<StageLine> ofRun(List<Stage> stages, List<Event> events) {
    Map<String, String> states = new HashMap<>();
    for (Event event : events) {
      if (event instanceof Event.StageSkipped skipped) {
        states.put(skipped.stage(), "skipped: up to date");
      } else if (event instanceof Event.Restored restored) {
        states.put(restored.stage(), "restored from an earlier result");
      } else if (event instanceof Event.Resumed resumed) {
        states.put(resumed.stage(), "resumed at iteration " + resumed.step());
      } else if (event instanceof Event.StageDone done) {
        states.putIfAbsent(done.stage(), "ran");
      }
    }
    List<StageLine> lines = new ArrayList<>();
    for (Stage stage : stages) {
      lines.add(line(stage.name(), states.getOrDefault(stage.name(), "")));
    }
    return lines;
  }

  /** The stages as they are now. */
  List<StageLine> ofNow(List<StageForecast> forecasts) {
    return forecasts.stream()
        .map(
            forecast ->
                line(
                    forecast.name(),
                    forecast.outcome() == StageForecast.Outcome.UP_TO_DATE
                        ? "up to date"
                        : "not up to date: " + forecast.reason()))
        .toList();
  }

  /** Whether the results are those of the present configuration. */
  static List<String> notices(List<StageForecast> forecasts) {
    List<String> changed =
        forecasts.stream()
            .filter(forecast -> forecast.outcome() != StageForecast.Outcome.UP_TO_DATE)
            .map(StageForecast::name)
            .toList();
    return changed.isEmpty()
        ? List.of()
        : List.of(
            "Not all results are those of the present configuration and data: mskd:run would run "
                + String.join(", ", changed.subList(0, Math.min(NAMED, changed.size())))
                + (changed.size() > NAMED ? " and " + (changed.size() - NAMED) + " others" : "")
                + ".");
  }

  private StageLine line(String name, String state) {
    Double seconds = times.get(name);
    return new StageLine(
        name,
        state,
        seconds == null ? "" : DurationText.of(Duration.ofMillis((long) (seconds * 1000))));
  }
}
