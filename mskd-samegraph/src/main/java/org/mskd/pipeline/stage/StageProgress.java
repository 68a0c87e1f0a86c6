package org.mskd.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;

/** Reports how far a stage is: at most a few events a second, however fast the steps. */
public final class StageProgress {
  private static final long INTERVAL_NANOS = 200_000_000L;

  /** Weight of the past in the speed that is shown. */
  private static final double MOMENTUM = 0.8;

  private static final String ENDING =
      "%s: the build was cancelled; the step under way is finished and a checkpoint written.";

  private final EventLog events;
  private final Cancellation cancellation;
  private final String stage;
  private int steps;
  private long saidAt;
  private int saidStep;
  private double perSecond = Double.NaN;
  private double secondsWaited = Double.NaN;
  private final List<String> warnings = new ArrayList<>();

  /** Of a stage that is not cancelled. */
  public StageProgress(EventLog events, String stage, int steps) {
    this(events, stage, steps, new Cancellation());
  }

  public StageProgress(EventLog events, String stage, int steps, Cancellation cancellation) {
    this.events = events;
    this.stage = stage;
    this.steps = steps;
    this.cancellation = cancellation;
    this.saidAt = System.nanoTime();
  }

  /**
   * Reports that a stage starts, and makes its progress; {@code steps} is 0 where not known yet.
   */
  static StageProgress start(EventLog events, String stage, int steps, Cancellation cancellation) {
    events.report(new Event.StageStarted(stage, steps));
    return new StageProgress(events, stage, steps, cancellation);
  }

  /** How many steps there will be, where that was not known before. */
  public void steps(int count) {
    steps = count;
  }

  /** The stage goes on where {@code step} steps had been done. */
  public void resumed(int step) {
    saidStep = step;
    saidAt = System.nanoTime();
    events.report(new Event.Resumed(stage, step, steps));
  }

  /** Whether the stage should keep what it has done and end. */
  public boolean endRequested() {
    return cancellation.requested();
  }

  /** Does work that asks {@link #endRequested} after each step, so that it need not be killed. */
  public void cancellable(Runnable work) {
    cancellation.during(() -> message(ENDING.formatted(stage)), work);
  }

  /** A training was cancelled after {@code step} steps, with a checkpoint. */
  public void cancelled(int step) {
    events.report(new Event.Cancelled(stage, step, steps));
  }

  /** A training has left a checkpoint after {@code step} steps. */
  public void checkpointed(int step) {
    events.report(new Event.Checkpointed(stage, step, steps));
  }

  /** {@code step} steps are done. */
  public void step(int step, double loss) {
    long now = System.nanoTime();
    if (now - saidAt < INTERVAL_NANOS && step < steps) {
      return;
    }
    double speed = (step - saidStep) / Math.max(1e-9, (now - saidAt) * 1e-9);
    perSecond = Double.isNaN(perSecond) ? speed : MOMENTUM * perSecond + (1 - MOMENTUM) * speed;
    saidAt = now;
    saidStep = step;
    events.report(
        new Event.Progress(stage, step, steps, loss, perSecond, (steps - step) / perSecond));
  }

  /** {@code step} steps of a stage without a loss are done. */
  public void step(int step) {
    step(step, Double.NaN);
  }

  /** The stage was a training, whose steps waited this long for their batches. */
  public void waited(double seconds) {
    secondsWaited = seconds;
  }

  /** How long steps waited for their batches; NaN where nothing was trained. */
  public double secondsWaited() {
    return secondsWaited;
  }

  /** Reports a line. */
  public void message(String text) {
    events.report(new Event.Message(text));
  }

  /** Reports a warning, which is recorded and repeated while the stage is up to date. */
  public void warn(String text) {
    warnings.add(text);
    events.report(new Event.Warning(text));
  }

  /** Reports a warning that concerns this run alone. */
  public void mention(String text) {
    events.report(new Event.Warning(text));
  }

  /** What was warned of so far. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
