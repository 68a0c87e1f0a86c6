package org.mskd.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.file.AtomicFile;
import org.mskd.pipeline.event.EventLog;
import org.mskd.problem.BadInputException;

class StageRunnerTest {
  @TempDir Path output;
  private final List<String> ran = new ArrayList<>();

  /** Writes its input's value to a file. */
  private final class Copy implements Stage {
    private final String name;
    private String value;
    boolean broken;
    boolean startsEmpty;
    String warning;
    Runnable meanwhile = () -> {};

    Copy(String name, String value) {
      this.name = name;
      this.value = value;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String id() {
      return "copy/" + name;
    }

    @Override
    public boolean startsEmpty() {
      return startsEmpty;
    }

    @Override
    public int steps() {
      return 1;
    }

    @Override
    public SortedMap<String, String> inputs() {
      return new TreeMap<>(java.util.Map.of("value", value));
    }

    @Override
    public List<Path> outputs() {
      return List.of(folder());
    }

    Path folder() {
      return output.resolve(name);
    }

    Path file() {
      return folder().resolve("value.txt");
    }

    @Override
    public void run(StageProgress progress) {
      ran.add(name);
      AtomicFile.writeText(file(), value);
      meanwhile.run();
      if (warning != null) {
        progress.warn(warning);
      }
      if (broken) {
        throw new BadInputException("Broken.", "Mend it.");
      }
    }
  }

  private void run(Stage... stages) {
    try (EventLog events = EventLog.open(output)) {
      new StageRunner(output, events, new FileDigests()).run(List.of(stages));
    }
  }

  @Test
  void anUnchangedStageRunsOnce() {
    run(new Copy("a", "1"));
    run(new Copy("a", "1"));
    assertEquals(List.of("a"), ran);
  }

  @Test
  void aChangedInputRunsItAgain() {
    run(new Copy("a", "1"));
    run(new Copy("a", "2"));
    assertEquals(List.of("a", "a"), ran);
  }

  @Test
  void aForcedStageRunsAgainAndNoOther() {
    Copy first = new Copy("a", "1");
    Copy second = new Copy("b", "1");
    run(first, second);
    try (EventLog events = EventLog.open(output)) {
      new StageRunner(output, events, new FileDigests())
          .forcing(ForcedStages.of(List.of(second.id().replace('/', ':')), List.of(first, second)))
          .run(List.of(first, second));
    }
    assertEquals(List.of("a", "b", "b"), ran);
  }

  @Test
  void aForcedStageThatIsNoneIsTold() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> ForcedStages.of(List.of("teacher:lvier"), List.of(new Copy("a", "1"))));
    assertTrue(e.problem().contains("\"teacher:lvier\""), e.problem());
    assertTrue(e.remedy().contains(new Copy("a", "1").id().replace('/', ':')), e.remedy());
  }

  @Test
  void whatComesFirstIsDoneOnceAndOnlyWhereAStageRuns() {
    for (int time = 0; time < 2; time++) {
      try (EventLog events = EventLog.open(output)) {
        new StageRunner(output, events, new FileDigests())
            .first(() -> ran.add("first"))
            .run(List.of(new Copy("a", "1"), new Copy("b", "1")));
      }
    }
    assertEquals(List.of("first", "a", "b"), ran);
  }

  @Test
  void aTouchedOutputRunsItAgain() throws IOException {
    Copy stage = new Copy("a", "1");
    run(stage);
    Files.writeString(stage.file(), "9");
    Files.setLastModifiedTime(stage.file(), java.nio.file.attribute.FileTime.fromMillis(0));
    run(stage);
    assertEquals(List.of("a", "a"), ran);
    assertEquals("1", Files.readString(stage.file()));
  }

  @Test
  void aMissingOutputRunsItAgain() throws IOException {
    Copy stage = new Copy("a", "1");
    run(stage);
    Files.delete(stage.file());
    run(stage);
    assertEquals(List.of("a", "a"), ran);
  }

  @Test
  void aNewTimeAloneDoesNot() throws IOException {
    Copy stage = new Copy("a", "1");
    run(stage);
    Files.setLastModifiedTime(stage.file(), java.nio.file.attribute.FileTime.fromMillis(0));
    run(stage);
    assertEquals(List.of("a"), ran);
  }

  @Test
  void aFailedStageIsNotTrusted() {
    Copy stage = new Copy("a", "1");
    run(stage);
    Copy changed = new Copy("a", "2");
    changed.broken = true;
    assertThrows(BadInputException.class, () -> run(changed));
    run(new Copy("a", "2"));
    assertEquals(List.of("a", "a", "a"), ran);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"inputs\":",
        "{}",
        "null",
        "[]",
        "{\"inputs\":{\"value\":\"1\"},\"outputs\":null,\"warnings\":[]}",
        "{\"inputs\":{\"value\":\"1\"},\"outputs\":{\"a/value.txt\":null},\"warnings\":[]}",
        "{\"inputs\":{\"value\":\"1\"},\"outputs\":{\"a/value.txt\":{\"bytes\":1}},"
            + "\"warnings\":[]}",
        "{\"inputs\":{\"value\":\"1\"},\"outputs\":{\"\\u0000\":{\"bytes\":1,"
            + "\"sha256\":\"\"}},\"warnings\":[]}",
        "{\"inputs\":{\"value\":\"1\"},\"outputs\":{},\"warnings\":[null]}"
      })
  void aDamagedStampIsNotTrusted(String stamp) throws IOException {
    run(new Copy("a", "1"));
    Files.writeString(StageStamp.fileOf(output, "copy/a"), stamp);
    run(new Copy("a", "1"));
    assertEquals(List.of("a", "a"), ran);
  }

  @Test
  void anInputThatChangesMeanwhileIsNotTakenForTheOneThatWasRead() {
    Copy stage = new Copy("a", "1");
    stage.meanwhile = () -> stage.value = "2";
    run(stage);
    run(new Copy("a", "2"));
    assertEquals(List.of("a", "a"), ran);
    assertEquals("2", read(stage.file()));
  }

  @Test
  void warningsAreRepeatedWhereAStageIsSkipped() {
    Copy stage = new Copy("a", "1");
    stage.warning = "Look at this.";
    run(stage);
    run(new Copy("a", "1"));
    assertEquals(List.of("a"), ran);
    String events = read(output.resolve("events.jsonl"));
    assertTrue(events.contains("\"stageSkipped\""), events);
    assertTrue(events.contains("Look at this."), events);
    run(new Copy("a", "2"));
    assertFalse(read(output.resolve("events.jsonl")).contains("Look at this."), "not warned again");
  }

  @Test
  void whatAnEarlierRunLeftIsGoneBeforeAStageThatStartsEmpty() throws IOException {
    Copy stage = new Copy("a", "1");
    stage.startsEmpty = true;
    List<Path> stale =
        List.of(stage.folder().resolve("value.txt.part"), stage.folder().resolve("deep/old.nii"));
    for (Path file : stale) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "old");
    }
    Path other = Files.writeString(output.resolve("mine.txt"), "mine");
    stage.meanwhile = () -> stale.forEach(file -> assertFalse(Files.exists(file), "" + file));
    run(stage);
    assertEquals("1", read(stage.file()));
    assertEquals("mine", read(other));
    assertEquals(List.of("a"), ran);
  }

  @Test
  void onlyAStageThatSaysSoStartsEmpty() throws IOException {
    Copy stage = new Copy("a", "1");
    Files.createDirectories(stage.folder());
    Path own = Files.writeString(stage.folder().resolve("own.txt"), "kept");
    run(stage);
    assertEquals("kept", read(own));
  }

  @Test
  void nothingBehindALinkIsDeleted(@TempDir Path elsewhere) throws IOException {
    Path precious = Files.writeString(elsewhere.resolve("precious.txt"), "kept");
    Copy within = new Copy("a", "1");
    within.startsEmpty = true;
    Files.createDirectories(within.folder());
    Files.createSymbolicLink(within.folder().resolve("folder"), elsewhere);
    Files.createSymbolicLink(within.folder().resolve("file.txt"), precious);
    run(within);
    assertEquals("kept", read(precious));

    Copy linked = new Copy("b", "1");
    linked.startsEmpty = true;
    Files.createSymbolicLink(linked.folder(), elsewhere);
    BadInputException e = assertThrows(BadInputException.class, () -> run(linked));
    assertTrue(e.problem().startsWith(linked.folder() + " is a link"), e.problem());
    assertEquals("kept", read(precious));
    assertEquals(List.of("a"), ran);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
