package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.problem.BadInputException;

/**
 * Runs a stage in the calling thread, if it is not up to date and no kept result has its inputs. A
 * stage works in a folder of its own. The last result is replaced when the new one is finished, so
 * a run that fails or is cancelled leaves it intact.
 */
final class InProcessExecutor implements StageExecutor {
  private final RunSettings settings;
  private final EventLog events;
  private final StageStates states;
  private final Deque<Stage> done = new ArrayDeque<>();

  InProcessExecutor(RunSettings settings, StageStates states) {
    this.settings = settings;
    this.events = settings.events();
    this.states = states;
  }

  @Override
  public int capacity() {
    return 1;
  }

  @Override
  public int running() {
    return done.size();
  }

  @Override
  public void start(Stage stage) {
    run(stage);
    done.add(stage);
  }

  @Override
  public Stage await() {
    return done.remove();
  }

  @Override
  public void close() {
    // Stages run in start(), so none is running here.
  }

  /** Whether a stage has to be run: it is neither up to date nor restored from a kept result. */
  boolean isDue(Stage stage) {
    StageState state = states.of(stage);
    return isForced(stage)
        || !state.isUpToDate() && kept(stage, state).isEmpty() && cached(stage, state).isEmpty();
  }

  private boolean isForced(Stage stage) {
    return settings.forced().contains(stage.id());
  }

  private Optional<Path> kept(Stage stage, StageState state) {
    return new KeptResults(settings.outputDirectory(), stage.id())
        .find(state.inputs(), settings.digests());
  }

  private Optional<CacheEntry> cached(Stage stage, StageState state) {
    return stage.installsItself()
        ? Optional.empty()
        : settings.cache().find(stage.id(), state.inputs());
  }

  private void run(Stage stage) {
    StageState state = states.of(stage);
    if (state.isUpToDate() && !isForced(stage)) {
      events.report(new Event.StageSkipped(stage.name()));
      state.last().warnings().forEach(this::warn);
      return;
    }
    Optional<Path> kept = isForced(stage) ? Optional.empty() : kept(stage, state);
    if (kept.isPresent()) {
      restore(stage, state, kept.get());
    } else if (isForced(stage) || !takeFromCache(stage, state)) {
      make(stage, state);
      cache(stage);
    }
  }

  private boolean takeFromCache(Stage stage, StageState state) {
    Optional<CacheEntry> entry = cached(stage, state);
    if (entry.isEmpty()) {
      return false;
    }
    settings.guard().run();
    Optional<List<String>> notes = run(stage, state).copy(entry.get());
    if (notes.isEmpty()) {
      message(
          stage,
          "its cached result is damaged or was removed, and is not used: " + entry.get().folder());
      settings.cache().remove(entry.get());
      return false;
    }
    restored(stage, state, entry.get().folder(), notes.get());
    return true;
  }

  private void cache(Stage stage) {
    StageStamp stamp = StageStamp.read(StageStamp.fileOf(settings.outputDirectory(), stage.id()));
    if (stamp != null && !stage.installsItself()) {
      settings
          .cache()
          .add(stage.id(), stamp, settings.outputDirectory(), text -> message(stage, text));
    }
  }

  private void make(Stage stage, StageState state) {
    reason(stage, state).ifPresent(why -> message(stage, why + note(stage, state)));
    StageRun run = run(stage, state);
    settings.guard().run();
    run.freeSpace(text -> message(stage, text));
    long start = System.nanoTime();
    StageProgress progress =
        StageProgress.start(events, stage.name(), stage.steps(), settings.cancellation());
    run.make(progress);
    settings.guard().run();
    run.finish(progress.warnings()).forEach(this::warn);
    stage.installed(state.inputs());
    events.report(
        new Event.StageDone(
            stage.name(), (System.nanoTime() - start) * 1e-9, progress.secondsWaited()));
  }

  private Optional<String> reason(Stage stage, StageState state) {
    return isForced(stage) ? Optional.of(ForcedStages.REASON) : state.why();
  }

  private static String note(Stage stage, StageState state) {
    String note = stage.startNote(state.inputs());
    return note.isEmpty() ? "" : ": " + note;
  }

  private void restore(Stage stage, StageState state, Path kept) {
    settings.guard().run();
    restored(stage, state, kept, run(stage, state).restore(kept));
  }

  private void restored(Stage stage, StageState state, Path from, List<String> notes) {
    events.report(new Event.Restored(stage.name(), state.why().orElse(""), from.toString()));
    notes.forEach(this::warn);
    Path stamp = StageStamp.fileOf(settings.outputDirectory(), stage.id());
    StageStamp.read(stamp).warnings().forEach(this::warn);
  }

  /** Reports that a stage failed and others continue. */
  void leftOut(Stage stage, BadInputException e) {
    events.report(new Event.StageLeftOut(stage.name(), e.problem(), e.remedy()));
  }

  private StageRun run(Stage stage, StageState state) {
    return new StageRun(
        settings.outputDirectory(), stage, state, settings.keep(), settings.digests());
  }

  private void warn(String text) {
    events.report(new Event.Warning(text));
  }

  private void message(Stage stage, String text) {
    events.report(new Event.Message(stage.name() + ": " + text));
  }
}
