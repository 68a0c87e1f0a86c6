package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.event.Event;

class EventFollowerTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("events.jsonl");
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static final Event STARTED = new Event.WorkerStarted("this");

  private static String started(String run) {
    return "{\"event\":\"workerStarted\",\"run\":\"" + run + "\"}\n";
  }

  /** A follower of this run's events after the first line. */
  private EventFollower followed() throws IOException {
    EventFollower follower = new EventFollower(file());
    append(started("this"));
    assertEquals(List.of(STARTED), follower.poll());
    return follower;
  }

  private static String message(String text) {
    return "{\"event\":\"message\",\"text\":\"" + text + "\"}\n";
  }

  @Test
  void aHalfWrittenLineIsWaitedFor() throws Exception {
    EventFollower follower = followed();
    String second = message("zwei \u00fc");
    byte[] bytes = second.getBytes(StandardCharsets.UTF_8);
    // The cut lies between the two bytes of one letter.
    int cut = second.indexOf('\u00fc') + 1;
    append(message("one"));
    Files.write(file(), java.util.Arrays.copyOf(bytes, cut), StandardOpenOption.APPEND);
    assertEquals(List.of(new Event.Message("one")), follower.poll());
    assertEquals(List.of(), follower.poll());
    Files.write(
        file(), java.util.Arrays.copyOfRange(bytes, cut, bytes.length), StandardOpenOption.APPEND);
    assertEquals(List.of(new Event.Message("zwei \u00fc")), follower.poll());
    assertEquals(List.of(), follower.poll());
  }

  @Test
  void allKindsComeThroughAsTheWorkerWritesThem() throws Exception {
    EventFollower follower = followed();
    List<Event> expected =
        List.of(
            new Event.StageStarted("prepare", 4),
            new Event.Progress("prepare", 1, 4, Double.NaN, 2, 1.5),
            new Event.StageSkipped("teacher liver"),
            new Event.StageDone("prepare", 3, Double.NaN),
            new Event.Warning("look"),
            new Event.Failed("bad.", "mend it."));
    for (Event event : expected) {
      append(ExperimentJson.write(event) + "\n");
    }
    assertEquals(expected, follower.poll());
  }

  @Test
  void aHalfWrittenFirstLineIsWaitedFor() throws Exception {
    EventFollower follower = new EventFollower(file());
    assertEquals(List.of(), follower.poll());
    append(started("this").substring(0, 12));
    assertEquals(List.of(), follower.poll());
    append(started("this").substring(12));
    assertEquals(List.of(STARTED), follower.poll());
    assertEquals(List.of(), follower.poll());
  }

  @Test
  void linesThatAreNoEventAreLeftOut() throws Exception {
    EventFollower follower = followed();
    append("\nnative output\n{\"event\":\"unknownEvent\"}\n[1]\nnull\n" + message("good"));
    List<Event> events = follower.poll();
    assertTrue(events.contains(new Event.Message("good")), events.toString());
    assertEquals(1, events.size(), events.toString());
  }

  @Test
  void manyEventsBeyondOneBlockComeWhole() throws Exception {
    EventFollower follower = followed();
    String text = "x".repeat(50_000);
    append(message(text) + message(text + "2") + message(text + "3"));
    assertEquals(
        List.of(
            new Event.Message(text), new Event.Message(text + "2"), new Event.Message(text + "3")),
        follower.poll());
  }
}
