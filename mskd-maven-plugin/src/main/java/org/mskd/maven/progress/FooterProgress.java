package org.mskd.maven.progress;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.maven.plugin.logging.Log;
import org.mskd.pipeline.event.Event;

/**
 * One live line at the bottom of a terminal; permanent lines are printed above it. Stages that run
 * side by side share the line.
 */
final class FooterProgress implements ProgressView {
  /** Back to the line's start, then erase to its end (ECMA-48, EL). */
  private static final String ERASE = "\r\u001b[K";

  private final Log log;
  private final PrintStream terminal;
  private final int width;

  /** Progress of each running stage, in the order of their starts, in a long and a short form. */
  private final Map<String, Standing> running = new LinkedHashMap<>();

  private record Standing(String whole, String brief) {}

  FooterProgress(Log log, PrintStream terminal, int width) {
    this.log = log;
    this.terminal = terminal;
    this.width = width;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.StageStarted started) {
      String line = started.stage() + "  0/" + started.steps();
      show(started.stage(), new Standing(line, line));
    } else if (event instanceof Event.Resumed resumed) {
      above(() -> log.info(ProgressText.of(resumed)));
    } else if (event instanceof Event.Progress progress) {
      show(
          progress.stage(),
          new Standing(ProgressText.of(progress), ProgressText.briefly(progress)));
    } else if (event instanceof Event.StageSkipped skipped) {
      above(() -> log.info(skipped.stage() + ": up to date"));
    } else if (event instanceof Event.Restored stage) {
      above(() -> log.info(ProgressText.of(stage)));
    } else if (event instanceof Event.StageDone done) {
      running.remove(done.stage());
      above(() -> log.info(ProgressText.of(done)));
    } else if (event instanceof Event.StageLeftOut failed) {
      running.remove(failed.stage());
      above(() -> log.error(ProgressText.of(failed)));
    } else if (event instanceof Event.Message message) {
      above(() -> log.info(message.text()));
    } else if (event instanceof Event.Warning warning) {
      above(() -> log.warn(warning.text()));
    }
  }

  private void show(String stage, Standing standing) {
    running.put(stage, standing);
    terminal.print(ERASE + footer());
    terminal.flush();
  }

  private String footer() {
    String line =
        running.values().stream()
            .map(running.size() > 1 ? Standing::brief : Standing::whole)
            .collect(Collectors.joining(" | "));
    // A line as wide as the terminal would wrap, and could not be erased.
    return line.length() < width ? line : line.substring(0, Math.max(0, width - 1));
  }

  private void above(Runnable lines) {
    terminal.print(ERASE);
    terminal.flush();
    lines.run();
    terminal.print(footer());
    terminal.flush();
  }

  @Override
  public void close() {
    terminal.print(ERASE);
    terminal.flush();
  }
}
