package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.mskd.pipeline.event.Event;

/**
 * Runs the stages of a graph, each only if it is not up to date. Trainings that are ready run side
 * by side in processes of their own where that is configured.
 */
public final class StageRunner {
  /** Folders in the output directory that hold no stage's outputs. */
  private static final List<String> OWN_FOLDERS = List.of(".work", "kept", "checkpoints", "stages");

  private static final List<String> EMPTIED = List.of(".work", "kept", "checkpoints");

  private final RunSettings settings;
  private StageProcesses processes = StageProcesses.NONE;
  private boolean isOnlyRunner;

  /** Runs one stage after the other. */
  public StageRunner(RunSettings settings) {
    this.settings = settings;
  }

  /** With processes for stages that run side by side. */
  public StageRunner besides(StageProcesses several) {
    processes = several;
    return this;
  }

  /**
   * Completes the installations that killed runs began, for any stage. Only the holder of the lock
   * may call this.
   */
  public StageRunner complete() {
    Path output = settings.outputDirectory();
    OWN_FOLDERS.forEach(folder -> StageFiles.requireNoLink(output, output.resolve(folder)));
    Installation.completeAll(output)
        .forEach(note -> settings.events().report(new Event.Warning(note)));
    isOnlyRunner = true;
    return this;
  }

  /** Runs all stages of a graph; errors as of {@link #run(StageGraph, List)}. */
  public void run(StageGraph graph) {
    run(graph, graph.stages());
  }

  /**
   * Runs some stages of a graph.
   *
   * @throws org.mskd.problem.BadInputException if a stage fails, or a folder of its outputs is
   *     reached through a link
   * @throws org.mskd.pipeline.event.StageFailed if a stage in a process of its own fails
   */
  public void run(StageGraph graph, List<Stage> stages) {
    stages.forEach(this::requireNoLinks);
    StageStates states = new StageStates(settings.outputDirectory(), settings.digests(), graph);
    loadIfAnyIsDue(stages, states);
    try (ProcessExecutor several =
        new ProcessExecutor(processes, settings.events(), settings.cancellation())) {
      InProcessExecutor here = new InProcessExecutor(settings, states);
      new StageSchedule(graph, stages, here, several, settings.cancellation()).run();
    }
    removeEmptyFolders();
  }

  /** Loads the backend before any stage is skipped, since it may be an input of all stages. */
  private void loadIfAnyIsDue(List<Stage> stages, StageStates states) {
    for (Stage stage : stages) {
      if (settings.forced().contains(stage.id()) || !states.of(stage).isUpToDate()) {
        settings.first().run();
        return; // the inputs of the stages after this one are not known yet
      }
    }
  }

  /** Called when no stage runs, so that no folder is removed that a stage has just created. */
  private void removeEmptyFolders() {
    if (!isOnlyRunner) {
      return;
    }
    try {
      for (String folder : EMPTIED) {
        StageFiles.deleteEmptyBelow(settings.outputDirectory().resolve(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireNoLinks(Stage stage) {
    if (!stage.installsItself()) {
      stage
          .outputs()
          .forEach(folder -> StageFiles.requireNoLink(settings.outputDirectory(), folder));
    }
  }
}
