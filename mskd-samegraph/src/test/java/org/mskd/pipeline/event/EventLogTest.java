package org.mskd.pipeline.event;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.ExperimentJson;
import org.mskd.problem.BadInputException;

class EventLogTest {
  @TempDir Path folder;

  @Test
  void eachEventIsALineThatCanBeReadAtOnce() throws IOException {
    Files.writeString(EventLog.fileIn(folder), "an event of an earlier run\n");
    Event first = new Event.Message("one");
    Event second = new Event.StageDone("two", 2, 0.5);
    try (EventLog events = EventLog.open(folder)) {
      events.report(first);
      assertEquals(List.of(first), read());
      events.report(second);
      assertEquals(List.of(first, second), read());
    }
  }

  private List<Event> read() throws IOException {
    return Files.readAllLines(EventLog.fileIn(folder)).stream()
        .map(line -> ExperimentJson.read(line, Event.class))
        .toList();
  }

  @Test
  void onAFullDiskOnlyProgressIsLeftOut() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "no /dev/full on this system");
    Files.createSymbolicLink(EventLog.fileIn(folder), full);
    EventLog events = EventLog.open(folder);
    assertDoesNotThrow(() -> events.report(new Event.Progress("teacher", 1, 2, 0.5, 1, 1)));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> events.report(new Event.StageDone("teacher", 1, Double.NaN)));
    assertTrue(e.problem().contains("events.jsonl"), e.problem());
    assertDoesNotThrow(events::close);
    // A failure that cannot be written still has its exit code.
    assertEquals(ExitCode.DISK_FULL, Failure.of(e).reportTo(events));
  }
}
