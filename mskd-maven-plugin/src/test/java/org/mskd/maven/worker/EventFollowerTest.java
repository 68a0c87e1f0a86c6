package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.Event;

class EventFollowerTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("events.jsonl");
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String message(String text) {
    return "{\"event\":\"message\",\"text\":\"" + text + "\"}\n";
  }

  @Test
  void aHalfWrittenLineIsWaitedFor() throws Exception {
    EventFollower follower = new EventFollower(file());
    assertEquals(List.of(), follower.poll());
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
    EventFollower follower = new EventFollower(file());
    List<Event> said =
        List.of(
            new Event.StageStarted("prepare", 4),
            new Event.Progress("prepare", 1, 4, Double.NaN, 2, 1.5),
            new Event.StageSkipped("teacher liver"),
            new Event.StageDone("prepare", 3),
            new Event.Warning("look"),
            new Event.Failed("bad.", "mend it."));
    for (Event event : said) {
      append(ExperimentJson.write(event) + "\n");
    }
    assertEquals(said, follower.poll());
  }

  @Test
  void whatAnEarlierWorkerLeftIsNotRead() throws Exception {
    append(message("old") + message("older"));
    EventFollower follower = new EventFollower(file());
    assertEquals(List.of(), follower.poll());
    Files.writeString(file(), message("new"));
    Files.setLastModifiedTime(file(), FileTime.fromMillis(System.currentTimeMillis() + 5000));
    assertEquals(List.of(new Event.Message("new")), follower.poll());
  }

  @Test
  void aNewFileLongerThanTheOldIsReadFromItsBeginning() throws Exception {
    append(message("a"));
    EventFollower follower = new EventFollower(file());
    Files.writeString(file(), message("b") + message("c"));
    assertEquals(List.of(new Event.Message("b"), new Event.Message("c")), follower.poll());
  }

  @Test
  void aTruncatedFileIsReadAnew() throws Exception {
    EventFollower follower = new EventFollower(file());
    append(message("first, and long") + "{\"half\":");
    assertEquals(1, follower.poll().size());
    Files.writeString(file(), message("x"));
    assertEquals(List.of(new Event.Message("x")), follower.poll());
  }

  @Test
  void linesThatAreNoEventAreLeftOut() throws Exception {
    EventFollower follower = new EventFollower(file());
    append("\nnative chatter\n{\"event\":\"unheardOf\"}\n[1]\nnull\n" + message("good"));
    List<Event> events = follower.poll();
    assertTrue(events.contains(new Event.Message("good")), events.toString());
    assertEquals(1, events.size(), events.toString());
  }

  @Test
  void manyEventsBeyondOneBlockComeWhole() throws Exception {
    EventFollower follower = new EventFollower(file());
    String text = "x".repeat(50_000);
    append(message(text) + message(text + "2") + message(text + "3"));
    assertEquals(
        List.of(
            new Event.Message(text), new Event.Message(text + "2"), new Event.Message(text + "3")),
        follower.poll());
  }
}
