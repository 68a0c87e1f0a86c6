package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

class StageRunnerTest {
  @TempDir Path output;
  private final List<String> ran = new ArrayList<>();

  /** Writes its input's value to a file. */
  private final class Copy implements Stage {
    private final String name;
    private final String value;
    boolean broken;

    Copy(String name, String value) {
      this.name = name;
      this.value = value;
    }

    @Override
    public String name() {
      return name;
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
      return List.of(file());
    }

    Path file() {
      return output.resolve(name + ".txt");
    }

    @Override
    public void run(StageProgress progress) {
      ran.add(name);
      AtomicFile.writeText(file(), value);
      if (broken) {
        throw new BadInputException("Broken.", "Mend it.");
      }
    }
  }

  private void run(Stage... stages) {
    try (EventLog events = EventLog.open(output)) {
      new StageRunner(output, events).run(List.of(stages));
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

  @Test
  void aDamagedStampIsNotTrusted() {
    run(new Copy("a", "1"));
    try {
      Files.writeString(StageStamp.fileOf(output, "a"), "{\"inputs\":");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(new Copy("a", "1"));
    assertEquals(List.of("a", "a"), ran);
  }
}
