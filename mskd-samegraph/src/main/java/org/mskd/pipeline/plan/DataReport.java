package org.mskd.pipeline.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mskd.experiment.ExperimentJson;
import org.mskd.finding.Finding;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.event.Failure;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

/**
 * The end of {@code mskd:check-data}: the table and the findings are shown, and errors among them
 * fail the goal.
 */
public final class DataReport {
  private final ExperimentFolders folders;
  private final boolean wanted;

  public DataReport(WorkerRequest request) {
    this.folders = new ExperimentFolders(request.outputDirectory());
    this.wanted = request.goal() == Goal.CHECK_DATA;
  }

  /** The lines, one per event. */
  List<Event> lines() {
    List<Event> events = new ArrayList<>(List.of(new Event.Message("")));
    text(folders.dataReport()).lines().map(Event.Message::new).forEach(events::add);
    events.add(new Event.Message("Fingerprints: " + folders.fingerprintFile()));
    return events;
  }

  /** Whether the goal fails, once everything is shown. */
  boolean fails() {
    return wanted && errors() > 0;
  }

  /** Reports all errors as one failure. */
  public int check(EventLog events) {
    if (!fails()) {
      return ExitCode.DONE;
    }
    long errors = errors();
    return new Failure(
            ExitCode.BAD_INPUT,
            errors == 1
                ? "The data have 1 error, which is listed above."
                : "The data have %d errors, which are listed above.".formatted(errors),
            "Correct the data, and run mskd:check-data again.")
        .reportTo(events);
  }

  private long errors() {
    Map<?, ?> json = ExperimentJson.read(text(folders.fingerprintFile()), Map.class);
    return ((List<?>) json.get("findings"))
        .stream()
            .map(finding -> ((Map<?, ?>) finding).get("severity"))
            .filter(Finding.Severity.ERROR.name()::equals)
            .count();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
