package org.mskd.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.pipeline.event.EventLog;

class StageGraphTest {
  @TempDir Path output;
  private final List<String> ran = new ArrayList<>();

  private CopyStage copy(String name, String value, String... after) {
    CopyStage stage = new CopyStage(output, name, value, ran);
    stage.after.addAll(List.of(after));
    return stage;
  }

  /** a and b; c of both; d of c; e of b. */
  private List<Stage> stages(String valueOfA) {
    return List.of(
        copy("a", valueOfA),
        copy("b", "1"),
        copy("c", "1", "a", "b"),
        copy("d", "1", "c"),
        copy("e", "1", "b"));
  }

  private List<String> neededBy(String... names) {
    return new StageGraph(stages("1"))
        .neededBy(stage -> List.of(names).contains(stage.name())).stages().stream()
            .map(Stage::name)
            .toList();
  }

  private void run(String valueOfA) {
    ran.clear();
    try (EventLog events = EventLog.open(output)) {
      new StageRunner(new RunSettings(output, events, new FileDigests()))
          .run(new StageGraph(stages(valueOfA)));
    }
  }

  @Test
  void targetsIncludeDirectAndIndirectDependenciesInOrder() {
    assertEquals(List.of("a", "b", "c", "d"), neededBy("d"));
    assertEquals(List.of("b", "e"), neededBy("e"));
    assertEquals(List.of("a", "b", "c", "e"), neededBy("e", "c"));
    assertEquals(List.of(), neededBy());
  }

  @Test
  void aStageDoesNotComeBeforeOneThatItNeeds() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new StageGraph(List.of(copy("c", "1", "a"), copy("a", "1"))));
    assertEquals("copy/c comes before copy/a", e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new StageGraph(List.of(copy("a", "1"), copy("a", "2"))));
  }

  /** Its result changed the input of c, but not the result of c: d is up to date. */
  @Test
  void aChangeRunsTheReadersOfTheChangedResultAndReportsWhy() throws IOException {
    run("1");
    assertEquals(List.of("a", "b", "c", "d", "e"), ran);
    run("2");
    assertEquals(List.of("a", "c"), ran);
    String events = Files.readString(EventLog.fileIn(output));
    assertTrue(events.contains("a: value 1 -> 2"), events);
    assertTrue(events.contains("c: a changed"), events);
  }

  @Test
  void aResultThatIsMissingIsNamed() {
    StageInputs inputs = new StageInputs(output, new FileDigests());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> inputs.of(copy("c", "1", "a").spec()));
    assertTrue(e.getMessage().startsWith("stage copy/a has not run"), e.getMessage());
  }
}
