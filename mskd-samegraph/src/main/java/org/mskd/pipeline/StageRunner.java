package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Runs stages in order, each only if it is not up to date. */
final class StageRunner {
  private final Path outputDirectory;
  private final EventLog events;
  private final Cancellation cancellation;

  /** A run that nobody cancels. */
  StageRunner(Path outputDirectory, EventLog events) {
    this(outputDirectory, events, new Cancellation());
  }

  StageRunner(Path outputDirectory, EventLog events, Cancellation cancellation) {
    this.outputDirectory = outputDirectory;
    this.events = events;
    this.cancellation = cancellation;
  }

  void run(List<Stage> stages) {
    for (Stage stage : stages) {
      run(stage);
    }
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
