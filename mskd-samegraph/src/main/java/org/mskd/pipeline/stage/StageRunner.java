package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;

/**
 * Runs stages in order, each only if it is not up to date; independent ones side by side where that
 * is asked for.
 */
public final class StageRunner {
  private final Path outputDirectory;
  private final EventLog events;
  private final FileDigests digests;
  private StageProcesses besides = StageProcesses.NONE;
  private Cancellation cancellation = new Cancellation();
  private Set<String> forced = Set.of();
  private Runnable first = () -> {};

  /** One stage after the other, cancelled by nobody, none forced. */
  public StageRunner(Path outputDirectory, EventLog events, FileDigests digests) {
    this.outputDirectory = outputDirectory;
    this.events = events;
    this.digests = digests;
  }

  /** The workers for stages that run side by side. */
  public StageRunner besides(StageProcesses processes) {
    besides = processes;
    return this;
  }

  /** Who may cancel the run. */
  public StageRunner cancelledBy(Cancellation wish) {
    cancellation = wish;
    return this;
  }

  /** The ids of stages that are run even if they are up to date. */
  public StageRunner forcing(Set<String> ids) {
    forced = Set.copyOf(ids);
    return this;
  }

  /**
   * What is done once before the first stage that is not up to date: to load the backend, which
   * should not be found missing after minutes of preparing, and is not needed for nothing.
   */
  public StageRunner first(Runnable load) {
    first = load;
    return this;
  }

  public void run(List<Stage> stages) {
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
    return forced.contains(stage.id()) || !StageStamp.isUpToDate(outputDirectory, stage, digests);
  }

  private void run(Stage stage) {
    Path stampFile = StageStamp.fileOf(outputDirectory, stage.id());
    SortedMap<String, String> inputs = stage.inputs();
    StageStamp stamp = StageStamp.read(stampFile);
    boolean asIs = stamp != null && stamp.isUpToDate(outputDirectory, stage, inputs, digests);
    if (asIs && !forced.contains(stage.id())) {
      events.say(new Event.StageSkipped(stage.name()));
      stamp.warnings().forEach(warning -> events.say(new Event.Warning(warning)));
      return;
    }
    forget(stampFile);
    if (stage.startsEmpty()) {
      StageOutputs.clear(outputDirectory, stage);
    }
    first.run();
    first = () -> {};
    events.say(new Event.StageStarted(stage.name(), stage.steps()));
    long start = System.nanoTime();
    StageProgress progress = new StageProgress(events, stage.name(), stage.steps(), cancellation);
    stage.run(progress);
    StageStamp done = StageStamp.of(outputDirectory, stage, inputs, progress.warnings(), digests);
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
