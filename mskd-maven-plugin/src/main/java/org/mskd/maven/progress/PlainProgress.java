package org.mskd.maven.progress;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;
import org.mskd.pipeline.event.Event;

/**
 * A few lines a stage, for logs: its start, a line for about each tenth of it or each half minute,
 * its end. Of stages that run side by side, each has its lines.
 */
final class PlainProgress implements ProgressView {
  private static final double SHARE = 0.1;
  private static final long SHORTEST_NANOS = 5_000_000_000L;
  private static final long LONGEST_NANOS = 30_000_000_000L;

  private final Log log;
  private final LongSupplier nanoTime;
  private final Map<String, Told> told = new HashMap<>();

  /** When a stage was last told of, and which share of it was done. */
  private record Told(long at, double share) {}

  PlainProgress(Log log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.StageStarted started) {
      log.info(started.stage() + ": " + ProgressText.steps(started.steps()));
      told(started.stage(), 0);
    } else if (event instanceof Event.Resumed resumed) {
      log.info(ProgressText.of(resumed));
      told(resumed.stage(), share(resumed.step(), resumed.steps()));
    } else if (event instanceof Event.StageSkipped skipped) {
      log.info(skipped.stage() + ": up to date");
    } else if (event instanceof Event.TakenBack stage) {
      log.info(ProgressText.of(stage));
    } else if (event instanceof Event.Progress progress) {
      tell(progress);
    } else if (event instanceof Event.StageDone done) {
      told.remove(done.stage());
      log.info(ProgressText.of(done));
    } else if (event instanceof Event.Message message) {
      log.info(message.text());
    } else if (event instanceof Event.Warning warning) {
      log.warn(warning.text());
    }
  }

  private void tell(Event.Progress progress) {
    double share = share(progress.step(), progress.steps());
    Told last =
        told.computeIfAbsent(progress.stage(), stage -> new Told(nanoTime.getAsLong(), share));
    long waited = nanoTime.getAsLong() - last.at();
    boolean further = share - last.share() >= SHARE - 1e-9 && waited >= SHORTEST_NANOS;
    if (further || waited >= LONGEST_NANOS) {
      log.info(ProgressText.of(progress));
      told(progress.stage(), share);
    }
  }

  private static double share(int step, int steps) {
    return steps > 0 ? (double) step / steps : 0;
  }

  private void told(String stage, double share) {
    told.put(stage, new Told(nanoTime.getAsLong(), share));
  }

  @Override
  public void close() {
    // Each line stands by itself.
  }
}
