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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.pipeline.event.EventLog;
import org.mskd.problem.BadInputException;

class StageRunnerTest {
  @TempDir Path output;
  private final List<String> ran = new ArrayList<>();

  private CopyStage copy(String name, String value) {
    return new CopyStage(output, name, value, ran);
  }

  private void run(Stage... stages) {
    try (EventLog events = EventLog.open(output)) {
      new StageRunner(new RunSettings(output, events, new FileDigests()))
          .run(new StageGraph(List.of(stages)));
    }
  }

  @Test
  void anUnchangedStageRunsOnce() {
    run(copy("a", "1"));
    run(copy("a", "1"));
    assertEquals(List.of("a"), ran);
  }

  @Test
  void aChangedInputRunsItAgain() {
    run(copy("a", "1"));
    run(copy("a", "2"));
    assertEquals(List.of("a", "a"), ran);
  }

  @Test
  void aForcedStageRunsAgainAndNoOther() {
    CopyStage first = copy("a", "1");
    CopyStage second = copy("b", "1");
    run(first, second);
    try (EventLog events = EventLog.open(output)) {
      Set<String> forced =
          ForcedStages.of(List.of(second.id().replace('/', ':')), List.of(first, second));
      new StageRunner(new RunSettings(output, events, new FileDigests()).forcing(forced))
          .run(new StageGraph(List.of(first, second)));
    }
    assertEquals(List.of("a", "b", "b"), ran);
  }

  @Test
  void anUnknownForcedStageIsReported() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> ForcedStages.of(List.of("teacher:lvier"), List.of(copy("a", "1"))));
    assertTrue(e.problem().contains("\"teacher:lvier\""), e.problem());
    assertTrue(e.remedy().contains(copy("a", "1").id().replace('/', ':')), e.remedy());
  }

  @Test
  void theFirstActionRunsOnceAndOnlyIfAStageRuns() {
    for (int time = 0; time < 2; time++) {
      try (EventLog events = EventLog.open(output)) {
        new StageRunner(
                new RunSettings(output, events, new FileDigests()).first(() -> ran.add("first")))
            .run(new StageGraph(List.of(copy("a", "1"), copy("b", "1"))));
      }
    }
    assertEquals(List.of("first", "a", "b"), ran);
  }

  @Test
  void aTouchedOutputRunsItAgain() throws IOException {
    CopyStage stage = copy("a", "1");
    run(stage);
    Files.writeString(stage.file(), "9");
    Files.setLastModifiedTime(stage.file(), java.nio.file.attribute.FileTime.fromMillis(0));
    run(stage);
    assertEquals(List.of("a", "a"), ran);
    assertEquals("1", Files.readString(stage.file()));
  }

  @Test
  void aMissingOutputRunsItAgain() throws IOException {
    CopyStage stage = copy("a", "1");
    run(stage);
    Files.delete(stage.file());
    run(stage);
    assertEquals(List.of("a", "a"), ran);
  }

  @Test
  void aNewTimeAloneDoesNot() throws IOException {
    CopyStage stage = copy("a", "1");
    run(stage);
    Files.setLastModifiedTime(stage.file(), java.nio.file.attribute.FileTime.fromMillis(0));
    run(stage);
    assertEquals(List.of("a"), ran);
  }

  @Test
  void aFailedStageLeavesTheLastResultIntact() {
    CopyStage stage = copy("a", "1");
    run(stage);
    CopyStage changed = copy("a", "2");
    changed.broken = true;
    changed.meanwhile = () -> assertEquals("1", read(changed.file()), "it works beside it");
    assertThrows(BadInputException.class, () -> run(changed));
    assertEquals("1", read(stage.file()));
    run(copy("a", "1"));
    assertEquals(List.of("a", "a"), ran, "back at the old inputs nothing is to be done");
    run(copy("a", "2"));
    assertEquals("2", read(stage.file()));
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
    run(copy("a", "1"));
    Files.writeString(StageStamp.fileOf(output, "copy/a"), stamp);
    run(copy("a", "1"));
    assertEquals(List.of("a", "a"), ran);
  }

  @Test
  void anInputThatChangesDuringTheRunMakesTheStageRunAgain() {
    CopyStage stage = copy("a", "1");
    stage.meanwhile = () -> stage.value = "2";
    run(stage);
    run(copy("a", "2"));
    assertEquals(List.of("a", "a"), ran);
    assertEquals("2", read(stage.file()));
  }

  @Test
  void warningsAreRepeatedWhereAStageIsSkipped() {
    CopyStage stage = copy("a", "1");
    stage.warning = "Look at this.";
    run(stage);
    run(copy("a", "1"));
    assertEquals(List.of("a"), ran);
    String events = read(output.resolve("events.jsonl"));
    assertTrue(events.contains("\"stageSkipped\""), events);
    assertTrue(events.contains("Look at this."), events);
    run(copy("a", "2"));
    assertFalse(read(output.resolve("events.jsonl")).contains("Look at this."), "not warned again");
  }

  @Test
  void unrecordedFilesAreNeitherComparedNorRemoved() throws IOException {
    CopyStage stage = copy("a", "1");
    Files.createDirectories(stage.folder());
    List<Path> others =
        List.of(
            Files.writeString(stage.folder().resolve(".DS_Store"), "system"),
            Files.writeString(stage.folder().resolve("notes.txt"), "mine"));
    run(stage);
    Files.writeString(Files.createDirectory(stage.folder().resolve("deep")).resolve("x"), "mine");
    run(stage);
    assertEquals(List.of("a"), ran, "a file of others is no reason to run again");
    run(copy("a", "2"));
    assertEquals("2", read(stage.file()));
    assertEquals("system", read(others.get(0)));
    assertEquals("mine", read(others.get(1)));
    assertEquals("mine", read(stage.folder().resolve("deep/x")));
  }

  @Test
  void formerOutputsAreRemovedAndNothingElse() throws IOException {
    CopyStage stage = copy("a", "1");
    stage.besides.addAll(List.of("old.txt", "times.txt"));
    run(stage);
    assertTrue(Files.exists(stage.folder().resolve("old.txt")));
    run(copy("a", "2"));
    assertEquals(List.of("value.txt"), names(stage.folder()));
  }

  @Test
  void aFileInTheWayThatNoStageRecordedIsMovedAsideAndNamed() throws IOException {
    CopyStage stage = copy("a", "1");
    Files.createDirectories(stage.folder());
    Files.writeString(stage.file(), "the user's");
    run(stage);
    assertEquals("1", read(stage.file()));
    assertEquals("the user's", read(output.resolve("kept/unrecorded/a/value.txt")));
    assertTrue(read(EventLog.fileIn(output)).contains("kept/unrecorded/a/value.txt"));
  }

  @Test
  void aByProductDoesNotCount() throws IOException {
    CopyStage stage = copy("a", "1");
    stage.besides.add("times.txt");
    run(stage);
    Files.writeString(stage.folder().resolve("times.txt"), "another time");
    run(stage);
    assertEquals(List.of("a"), ran);
  }

  @Test
  void nothingBehindALinkIsDeleted(@TempDir Path elsewhere) throws IOException {
    Path precious = Files.writeString(elsewhere.resolve("precious.txt"), "kept");
    CopyStage within = copy("a", "1");
    Files.createDirectories(within.folder());
    Files.createSymbolicLink(within.folder().resolve("folder"), elsewhere);
    Files.createSymbolicLink(within.file(), precious);
    run(within);
    assertEquals("kept", read(precious));
    assertEquals("1", read(within.file()));
    assertFalse(Files.isSymbolicLink(within.file()));

    CopyStage linked = copy("b", "1");
    Files.createSymbolicLink(linked.folder(), elsewhere);
    BadInputException e = assertThrows(BadInputException.class, () -> run(linked));
    assertTrue(e.problem().startsWith(linked.folder() + " is a link"), e.problem());
    assertEquals("kept", read(precious));
    assertEquals(List.of("a"), ran);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
