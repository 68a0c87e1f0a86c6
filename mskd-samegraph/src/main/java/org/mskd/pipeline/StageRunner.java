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
  private final Cancellation cancellation;

  /** One stage after the other, cancelled by nobody. */
  StageRunner(Path outputDirectory, EventLog events) {
    this(outputDirectory, events, StageProcesses.NONE, new Cancellation());
  }

  /**
   * @param besides the workers for stages that run side by side
   */
  StageRunner(
      Path outputDirectory, EventLog events, StageProcesses besides, Cancellation cancellation) {
    this.outputDirectory = outputDirectory;
    this.events = events;
    this.besides = besides;
    this.cancellation = cancellation;
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
      SideBySide several = new SideBySide(besides, events);
      cancellation.during(several::askToEnd, () -> several.run(due));
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
    StageProgress progress = new StageProgress(events, stage.name(), stage.steps(), cancellation);
    stage.run(progress);
    StageStamp done = StageStamp.of(outputDirectory, stage, inputs, progress.warnings());
    // As late as can be: without checkpoint and stamp, a training would begin anew.
    StageOutputs.clearCheckpoint(stage);
    done.write(stampFile);
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
