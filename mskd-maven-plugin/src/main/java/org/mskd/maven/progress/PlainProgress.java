package org.mskd.maven.progress;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;
import org.mskd.pipeline.event.Event;

/**
 * A few lines per stage, for logs: its start, a line for about each tenth of it or each half
 * minute, and its end. Stages that run side by side have separate lines.
 */
final class PlainProgress implements ProgressView {
  private static final double SHARE = 0.1;
  private static final long SHORTEST_NANOS = 5_000_000_000L;
  private static final long LONGEST_NANOS = 30_000_000_000L;

  private final Log log;
  private final LongSupplier nanoTime;
  private final Map<String, Reported> reported = new HashMap<>();

  /** When a stage was last reported, and the fraction of it that was done. */
  private record Reported(long at, double share) {}

  PlainProgress(Log log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.StageStarted started) {
      log.info(started.stage() + ": " + ProgressText.steps(started.steps()));
      note(started.stage(), 0);
    } else if (event instanceof Event.Resumed resumed) {
      log.info(ProgressText.of(resumed));
      note(resumed.stage(), share(resumed.step(), resumed.steps()));
    } else if (event instanceof Event.StageSkipped skipped) {
      log.info(skipped.stage() + ": up to date");
    } else if (event instanceof Event.Restored stage) {
      log.info(ProgressText.of(stage));
    } else if (event instanceof Event.Progress progress) {
      progress(progress);
    } else if (event instanceof Event.StageDone done) {
      reported.remove(done.stage());
      log.info(ProgressText.of(done));
    } else if (event instanceof Event.StageLeftOut failed) {
      reported.remove(failed.stage());
      log.error(ProgressText.of(failed));
    } else if (event instanceof Event.Message message) {
      log.info(message.text());
    } else if (event instanceof Event.Warning warning) {
      log.warn(warning.text());
    }
  }

  private void progress(Event.Progress progress) {
    double share = share(progress.step(), progress.steps());
    Reported last =
        reported.computeIfAbsent(
            progress.stage(), stage -> new Reported(nanoTime.getAsLong(), share));
    long waited = nanoTime.getAsLong() - last.at();
    boolean further = share - last.share() >= SHARE - 1e-9 && waited >= SHORTEST_NANOS;
    if (further || waited >= LONGEST_NANOS) {
      log.info(ProgressText.of(progress));
      note(progress.stage(), share);
    }
  }

  private static double share(int step, int steps) {
    return steps > 0 ? (double) step / steps : 0;
  }

  private void note(String stage, double share) {
    reported.put(stage, new Reported(nanoTime.getAsLong(), share));
  }

  @Override
  public void close() {
    // Each line is complete: there is nothing to close.
  }
}
