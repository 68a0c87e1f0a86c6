package org.mskd.maven.progress;

import java.util.Locale;
import org.mskd.pipeline.event.Event;

/** The wording of progress. */
final class ProgressText {
  private ProgressText() {}

  /**
   * {@code teacher liver 120/600 loss 0.4123 2.1 it/s 3 min 50 s left}; values that are not known
   * are left out. The speed is shown for iterations, which have a loss, but not for volumes.
   */
  static String of(Event.Progress progress) {
    StringBuilder line = new StringBuilder(progress.stage());
    line.append("  ").append(progress.step()).append('/').append(progress.steps());
    boolean iterations = Double.isFinite(progress.loss());
    if (iterations) {
      line.append(String.format(Locale.ROOT, "  loss %.4f", progress.loss()));
    }
    if (iterations && Double.isFinite(progress.perSecond()) && progress.perSecond() > 0) {
      line.append(String.format(Locale.ROOT, "  %.3g it/s", progress.perSecond()));
    }
    if (Double.isFinite(progress.secondsLeft()) && progress.secondsLeft() >= 0) {
      line.append("  ").append(duration(progress.secondsLeft())).append(" left");
    }
    return line.toString();
  }

  /** {@code teacher liver 120/600 3 min 50 s left}, for several stages in a line. */
  static String briefly(Event.Progress progress) {
    return of(
        new Event.Progress(
            progress.stage(),
            progress.step(),
            progress.steps(),
            Double.NaN,
            progress.perSecond(),
            progress.secondsLeft()));
  }

  /**
   * {@code teacher liver: done in 3 min 50 s}; for a training also how long its steps waited for
   * batches.
   */
  static String of(Event.StageDone done) {
    String line = done.stage() + ": done in " + duration(done.seconds());
    return Double.isFinite(done.secondsWaited())
        ? line + ", waited " + duration(done.secondsWaited()) + " for data"
        : line;
  }

  /**
   * {@code teacher liver: threads 1 -> 2: finished with these inputs before, restored from
   * target/mskd/kept/teacher/liver/...}.
   */
  static String of(Event.Restored stage) {
    return stage.stage()
        + (stage.why().isEmpty() ? "" : ": " + stage.why())
        + ": finished with these inputs before, restored from "
        + stage.from();
  }

  /** {@code predict ct_01: failed: ... }, with the remedy. */
  static String of(Event.StageLeftOut failed) {
    return failed.stage() + ": failed: " + (failed.problem() + " " + failed.remedy()).strip();
  }

  /** {@code teacher liver: resuming at iteration 250 of 1000}. */
  static String of(Event.Resumed resumed) {
    return resumed.stage() + ": resuming at iteration " + resumed.step() + " of " + resumed.steps();
  }

  /** {@code 1 step}, {@code 600 steps}. */
  static String steps(int count) {
    return count == 1 ? "1 step" : count + " steps";
  }

  /** {@code 0.4 s}, {@code 12 s}, {@code 3 min 50 s}, {@code 1 h 5 min}. */
  static String duration(double seconds) {
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
