package org.mskd.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;

/** Reports the progress of a stage, at most a few events per second. */
public final class StageProgress {
  private static final long INTERVAL_NANOS = 200_000_000L;

  /** Weight of the earlier average in the reported speed. */
  private static final double MOMENTUM = 0.8;

  private static final String ENDING =
      "%s: the build was cancelled; the current step is completed and a checkpoint written.";

  private final EventLog events;
  private final Cancellation cancellation;
  private final String stage;
  private int steps;
  private long reportedAt;
  private int reportedStep;
  private double perSecond = Double.NaN;
  private double secondsWaited = Double.NaN;
  private final List<String> warnings = new ArrayList<>();

  /** The progress of a stage that cannot be cancelled. */
  public StageProgress(EventLog events, String stage, int steps) {
    this(events, stage, steps, new Cancellation());
  }

  public StageProgress(EventLog events, String stage, int steps, Cancellation cancellation) {
    this.events = events;
    this.stage = stage;
    this.steps = steps;
    this.cancellation = cancellation;
    this.reportedAt = System.nanoTime();
  }

  /** Reports the start of a stage and returns its progress; {@code steps} is 0 if not known yet. */
  static StageProgress start(EventLog events, String stage, int steps, Cancellation cancellation) {
    events.report(new Event.StageStarted(stage, steps));
    return new StageProgress(events, stage, steps, cancellation);
  }

  /** Sets the number of steps, if it was not known at the start. */
  public void steps(int count) {
    steps = count;
  }

  /** Reports that the stage resumes after {@code step} steps. */
  public void resumed(int step) {
    reportedStep = step;
    reportedAt = System.nanoTime();
    events.report(new Event.Resumed(stage, step, steps));
  }

  /** Reports that the stage begins after {@code step} steps that an earlier run made. */
  public void continued(int step, String from) {
    reportedStep = step;
    reportedAt = System.nanoTime();
    message("%s: continuing at iteration %d of %d, %s".formatted(stage, step, steps, from));
  }

  /** Whether the stage should write a checkpoint and end. */
  public boolean endRequested() {
    return cancellation.requested();
  }

  /** Runs work that checks {@link #endRequested} after each step. */
  public void cancellable(Runnable work) {
    cancellation.during(() -> message(ENDING.formatted(stage)), work);
  }

  /** Reports that a training was cancelled after {@code step} steps, with a checkpoint. */
  public void cancelled(int step) {
    events.report(new Event.Cancelled(stage, step, steps));
  }

  /** Reports a checkpoint of a training after {@code step} steps. */
  public void checkpointed(int step) {
    events.report(new Event.Checkpointed(stage, step, steps));
  }

  /** Reports that {@code step} steps are done. */
  public void step(int step, double loss) {
    long now = System.nanoTime();
    if (now - reportedAt < INTERVAL_NANOS && step < steps) {
      return;
    }
    double speed = (step - reportedStep) / Math.max(1e-9, (now - reportedAt) * 1e-9);
    perSecond = Double.isNaN(perSecond) ? speed : MOMENTUM * perSecond + (1 - MOMENTUM) * speed;
    reportedAt = now;
    reportedStep = step;
    events.report(
        new Event.Progress(stage, step, steps, loss, perSecond, (steps - step) / perSecond));
  }

  /** Reports that {@code step} steps of a stage without a loss are done. */
  public void step(int step) {
    step(step, Double.NaN);
  }

  /** Records how long the steps of a training waited for their batches. */
  public void waited(double seconds) {
    secondsWaited = seconds;
  }

  /** How long steps waited for their batches; NaN if nothing was trained. */
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

  /** The recorded warnings so far. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
