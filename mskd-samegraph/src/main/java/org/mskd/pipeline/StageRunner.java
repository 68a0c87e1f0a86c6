package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Runs stages in order, each only if it is not up to date; independent ones side by side where that
 * is asked for.
 */
final class StageRunner {
  private final Path outputDirectory;
  private final EventLog events;
  private final StageProcesses besides;

  /** One stage after the other. */
  StageRunner(Path outputDirectory, EventLog events) {
    this(outputDirectory, events, StageProcesses.NONE);
  }

  /**
   * @param besides the workers for stages that run side by side
   */
  StageRunner(Path outputDirectory, EventLog events, StageProcesses besides) {
    this.outputDirectory = outputDirectory;
    this.events = events;
    this.besides = besides;
  }

  void run(List<Stage> stages) {
    List<Stage> independent = new ArrayList<>();
    for (Stage stage : stages) {
      if (!stage.isIndependent()) {
        runIndependent(independent);
        independent.clear();
        run(stage);
      } else {
        independent.add(stage);
      }
    }
    runIndependent(independent);
  }

  private void runIndependent(List<Stage> stages) {
    List<Stage> due =
        besides.atOnce() > 1 ? stages.stream().filter(this::isDue).toList() : List.of();
    List<Stage> here = due.size() > 1 ? without(stages, due) : stages;
    here.forEach(this::run);
    if (due.size() > 1) {
      new SideBySide(besides, events).run(due);
    }
  }

  private static List<Stage> without(List<Stage> stages, List<Stage> some) {
    return stages.stream().filter(stage -> !some.contains(stage)).toList();
  }

  private boolean isDue(Stage stage) {
    return !StageStamp.isUpToDate(outputDirectory, stage);
  }

  private void run(Stage stage) {
    Path stampFile = StageStamp.fileOf(outputDirectory, stage.id());
    SortedMap<String, String> inputs = stage.inputs();
    StageStamp stamp = StageStamp.read(stampFile);
    if (stamp != null && stamp.isUpToDate(outputDirectory, stage, inputs)) {
      events.say(new Event.StageSkipped(stage.name()));
      stamp.warnings().forEach(warning -> events.say(new Event.Warning(warning)));
      return;
    }
    forget(stampFile);
    if (stage.startsEmpty()) {
      StageOutputs.clear(outputDirectory, stage);
    }
    events.say(new Event.StageStarted(stage.name(), stage.steps()));
    long start = System.nanoTime();
    StageProgress progress = new StageProgress(events, stage.name(), stage.steps());
    stage.run(progress);
    StageStamp.of(outputDirectory, stage, inputs, progress.warnings()).write(stampFile);
    events.say(
        new Event.StageDone(
            stage.name(), (System.nanoTime() - start) * 1e-9, progress.secondsWaited()));
  }

  private static void forget(Path stampFile) {
    try {
      Files.deleteIfExists(stampFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
