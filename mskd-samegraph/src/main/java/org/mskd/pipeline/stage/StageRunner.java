package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;

/**
 * Runs stages in order, each only if it is not up to date; independent ones side by side where that
 * is asked for. A stage works beside its last result, which is replaced when the new one is
 * finished: a run that fails or is ended costs nothing that was there.
 */
public final class StageRunner {
  /** Those in the output directory that hold no stage's outputs. */
  private static final List<String> OWN_FOLDERS = List.of(".work", "kept", "checkpoints", "stages");

  private static final List<String> EMPTIED = List.of(".work", "kept", "checkpoints");

  private final Path outputDirectory;
  private final EventLog events;
  private final FileDigests digests;
  private StageProcesses besides = StageProcesses.NONE;
  private Cancellation cancellation = new Cancellation();
  private Set<String> forced = Set.of();
  private int keep = 1;
  private boolean isOnlyRunner;
  private Runnable first = () -> {};
  private Runnable guard = () -> {};

  /** One stage after the other, cancelled by nobody, none forced, one other result kept. */
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

  /** How many finished results of other inputs are kept of a stage that keeps any. */
  public StageRunner keeping(int results) {
    keep = results;
    return this;
  }

  /**
   * What is done once before any stage where one of them is not up to date: to load the backend,
   * which should not be found missing after minutes of preparing, and is not needed otherwise.
   */
  public StageRunner first(Runnable load) {
    first = load;
    return this;
  }

  /** What is done each time before anything in the output directory is replaced. */
  public StageRunner guardedBy(Runnable check) {
    guard = check;
    return this;
  }

  /** Completes what killed runs of any stage left half-way. Only the holder of the lock may. */
  public StageRunner complete() {
    requireNoLinks();
    Installation.completeAll(outputDirectory).forEach(this::mention);
    isOnlyRunner = true;
    return this;
  }

  /**
   * Runs them.
   *
   * @throws org.mskd.problem.BadInputException if a stage cannot be done, or a folder of its
   *     outputs is reached through a link
   */
  public void run(List<Stage> stages) {
    stages.forEach(this::requireNoLinks);
    startIfAnyIsDue(stages);
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
    removeEmptyFolders();
  }

  /** Here no stage makes folders there any more. */
  private void removeEmptyFolders() {
    if (!isOnlyRunner) {
      return;
    }
    try {
      for (String folder : EMPTIED) {
        StageFiles.deleteEmptyBelow(outputDirectory.resolve(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireNoLinks() {
    for (String folder : OWN_FOLDERS) {
      StageFiles.requireNoLink(outputDirectory, outputDirectory.resolve(folder));
    }
  }

  private void requireNoLinks(Stage stage) {
    if (!stage.installsItself()) {
      stage.outputs().forEach(folder -> StageFiles.requireNoLink(outputDirectory, folder));
    }
  }

  private void runIndependent(List<Stage> stages) {
    List<Stage> due =
        besides.atOnce() > 1 ? stages.stream().filter(this::isToBeMade).toList() : List.of();
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

  private boolean isToBeMade(Stage stage) {
    StageState state = StageState.of(outputDirectory, stage, digests);
    return forced.contains(stage.id())
        || !state.isUpToDate() && kept(stage).find(state.inputs(), digests).isEmpty();
  }

  private KeptResults kept(Stage stage) {
    return new KeptResults(outputDirectory, stage.id());
  }

  private void run(Stage stage) {
    StageState state = StageState.of(outputDirectory, stage, digests);
    boolean isForced = forced.contains(stage.id());
    if (state.isUpToDate() && !isForced) {
      events.say(new Event.StageSkipped(stage.name()));
      warn(state.last());
      return;
    }
    Optional<Path> before = isForced ? Optional.empty() : kept(stage).find(state.inputs(), digests);
    if (before.isPresent()) {
      takeBack(stage, state, before.get());
      return;
    }
    start();
    reason(state, isForced).ifPresent(why -> message(stage, why + note(stage)));
    StageRun run = new StageRun(outputDirectory, stage, state, keep, digests);
    guard.run();
    run.makeRoom(text -> message(stage, text));
    events.say(new Event.StageStarted(stage.name(), stage.steps()));
    long start = System.nanoTime();
    StageProgress progress = new StageProgress(events, stage.name(), stage.steps(), cancellation);
    run.make(progress);
    guard.run();
    run.finish(progress.warnings()).forEach(this::mention);
    stage.installed();
    events.say(
        new Event.StageDone(
            stage.name(), (System.nanoTime() - start) * 1e-9, progress.secondsWaited()));
  }

  /** Before any stage is skipped: what is loaded may be an input of all of them. */
  private void startIfAnyIsDue(List<Stage> stages) {
    for (Stage stage : stages) {
      if (forced.contains(stage.id())
          || !StageState.of(outputDirectory, stage, digests).isUpToDate()) {
        start();
        return; // the inputs of the stages after this one are not known yet
      }
    }
  }

  private void start() {
    first.run();
    first = () -> {};
  }

  private static Optional<String> reason(StageState state, boolean isForced) {
    return isForced ? Optional.of("-Dmskd.rerun names it") : state.why();
  }

  private static String note(Stage stage) {
    String note = stage.startNote();
    return note.isEmpty() ? "" : ": " + note;
  }

  private void takeBack(Stage stage, StageState state, Path kept) {
    guard.run();
    events.say(new Event.TakenBack(stage.name(), state.why().orElse(""), kept.toString()));
    StageRun run = new StageRun(outputDirectory, stage, state, keep, digests);
    run.takeBack(kept).forEach(this::mention);
    warn(StageStamp.read(StageStamp.fileOf(outputDirectory, stage.id())));
  }

  private void warn(StageStamp stamp) {
    stamp.warnings().forEach(this::mention);
  }

  private void mention(String text) {
    events.say(new Event.Warning(text));
  }

  private void message(Stage stage, String text) {
    events.say(new Event.Message(stage.name() + ": " + text));
  }
}
