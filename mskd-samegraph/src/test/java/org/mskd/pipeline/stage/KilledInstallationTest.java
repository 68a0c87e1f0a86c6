package org.mskd.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mskd.file.AtomicFile;
import org.mskd.pipeline.event.EventLog;

/**
 * What a stage had stored to resume at is gone when its result is in place, also where the run was
 * killed in between and the next run finds the stage up to date.
 */
class KilledInstallationTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  /** How far the installation had come. */
  private enum Killed {
    FINISHED,
    FILES_MOVED,
    STAMP_WRITTEN
  }

  @TempDir Path output;
  private final List<String> ran = new ArrayList<>();
  private final CopyStage stage = new CopyStage(Path.of(""), "a", "1", ran);

  private void run() {
    CopyStage here = new CopyStage(output, "a", "1", ran);
    try (EventLog events = EventLog.open(output)) {
      new StageRunner(new RunSettings(output, events, new FileDigests()))
          .complete()
          .run(new StageGraph(List.of(here)));
    }
  }

  private SortedMap<String, String> inputs(String value) {
    return new TreeMap<>(
        new StageInputs(output, new FileDigests())
            .of(new CopyStage(output, "a", value, ran).spec()));
  }

  /** Files to resume at, of this stage and of others, and a file of the user. */
  private Set<String> store() {
    Set<String> others = new TreeSet<>();
    Path part = output.resolve("part");
    AtomicFile.writeText(part, "part");
    new FinishedParts(output, stage.id()).keep(KEY, part);
    checkpoint(inputs("1"));
    others.add(checkpoint(inputs("2")) + "/0000003.ckpt");
    others.add(checkpoint(inputs("2")) + "/inputs.json");
    new FinishedParts(output, "copy/b").keep(KEY, part);
    others.add("checkpoints/copy/b/" + KEY + ".part");
    AtomicFile.writeText(output.resolve("checkpoints/copy/a/notes.part"), "mine");
    others.add("checkpoints/copy/a/notes.part");
    return others;
  }

  private String checkpoint(SortedMap<String, String> inputs) {
    Path folder = new Checkpoints(output, stage.id()).open(inputs, 1);
    AtomicFile.writeText(folder.resolve("0000003.ckpt"), "weights");
    return StageFiles.relative(output, folder);
  }

  private Set<String> stored() throws IOException {
    try (Stream<Path> files = Files.walk(output.resolve("checkpoints"))) {
      return new TreeSet<>(
          files.filter(Files::isRegularFile).map(f -> StageFiles.relative(output, f)).toList());
    }
  }

  @Test
  void itIsRemovedByAnUndisturbedRun() throws IOException {
    Set<String> others = store();
    run();
    assertEquals(List.of("a"), ran);
    assertEquals(others, stored());
  }

  @ParameterizedTest
  @EnumSource(Killed.class)
  void itIsRemovedByTheRunAfterAKill(Killed killed) throws IOException {
    run();
    Path work = Files.createDirectories(output.resolve(".work/copy/a"));
    Path stamp = StageStamp.fileOf(output, stage.id());
    Files.copy(stamp, work.resolve("stamp.json"));
    if (killed != Killed.STAMP_WRITTEN) {
      Files.delete(stamp);
    }
    if (killed == Killed.FINISHED) {
      Files.move(output.resolve("a"), work.resolve("a"));
    }
    Set<String> others = store();
    run();
    assertEquals(List.of("a"), ran);
    assertEquals("1", Files.readString(output.resolve("a/value.txt")));
    assertEquals(others, stored());
  }
}
