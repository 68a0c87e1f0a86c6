package org.mskd.maven.worker;

import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;

/** How a worker ended, and the last line of its build. */
public final class WorkerOutcome {
  private static final int SIGNALS = 128;
  private static final int SIGKILL = SIGNALS + 9;

  private final WorkerSettings settings;
  private final RunStory events;
  private final int exitCode;
  private final Optional<WorkerLog> log;

  /**
   * @param log empty if there is none
   */
  WorkerOutcome(WorkerSettings settings, RunStory events, int exitCode, Optional<WorkerLog> log) {
    this.settings = settings;
    this.events = events;
    this.exitCode = exitCode;
    this.log = log;
  }

  /** Whether the work is not done. */
  public boolean failed() {
    return exitCode != ExitCode.DONE;
  }

  /** Whether it was cancelled. */
  public boolean isCancelled() {
    return isCancel(exitCode);
  }

  static boolean isCancel(int code) {
    return code == ExitCode.CANCELLED || code == ExitCode.TERMINATED;
  }

  int exitCode() {
    return exitCode;
  }

  /**
   * Throws unless the worker completed the goal.
   *
   * @throws MojoFailureException if the user's input, a rule, the memory or the disk is the reason
   * @throws MojoExecutionException if it crashed or was cancelled
   */
  public void check() throws MojoExecutionException, MojoFailureException {
    switch (exitCode) {
      case ExitCode.DONE -> {}
      case ExitCode.BAD_INPUT, ExitCode.GATE_FAILED, ExitCode.OUT_OF_MEMORY, ExitCode.DISK_FULL ->
          throw new MojoFailureException(line());
      default -> throw new MojoExecutionException(line());
    }
  }

  /** The last line of the run. */
  public String line() {
    return switch (exitCode) {
      case ExitCode.DONE -> "Done" + events.counts() + ".";
      case ExitCode.BAD_INPUT, ExitCode.GATE_FAILED ->
          reason().orElseGet(() -> "The worker failed and reported no reason." + logEnds());
      case ExitCode.OUT_OF_MEMORY -> outOfMemory();
      case ExitCode.DISK_FULL -> reason().orElseGet(this::diskFull);
      case ExitCode.OUTPUT_REMOVED ->
          settings.outputDirectory()
              + " or its file .lock was removed during the run, as mvn clean does. Run the same"
              + " goal again.";
      case ExitCode.CANCELLED, ExitCode.TERMINATED -> events.cancelledLine();
      case SIGKILL ->
          "The worker was killed (signal 9)"
              + events.progressText()
              + ". The system kills processes when memory runs out. In that case lower"
              + " <maxHeap> and <maxOffHeap>, or <batchSize>."
              + logEnds();
      default ->
          reason().map(text -> text + " ").orElse("")
              + "The worker ended with exit code "
              + exitCode
              + "."
              + logEnds();
    };
  }

  /** The end of the worker's log, stack traces included, for {@code -X}. */
  public String logEnd() {
    return log.map(file -> file.file() + " ends:\n" + file.end()).orElse("The worker left no log.");
  }

  private Optional<String> reason() {
    return events.failure().map(WorkerOutcome::text);
  }

  private static String text(Event.Failed failure) {
    return (failure.problem() + " " + failure.remedy()).strip();
  }

  private String outOfMemory() {
    return reason()
            .orElse(
                "The worker ran out of memory. Raise <maxHeap> (-Dmskd.maxHeap=4g) or <maxOffHeap>"
                    + " (-Dmskd.maxOffHeap=8g).")
        + " It may use "
        + settings.maxHeap()
        + " of heap and "
        + settings.maxOffHeap()
        + " for tensors."
        + log.map(file -> " Its log is " + file.file() + ".").orElse("");
  }

  private String diskFull() {
    return "The disk of "
        + settings.outputDirectory()
        + " is full. Free space there, or choose another <outputDirectory>, then run the same goal"
        + " again.";
  }

  private String logEnds() {
    if (log.isEmpty()) {
      return "";
    }
    List<String> last = log.get().lastLines();
    return " Its log is "
        + log.get().file()
        + (last.isEmpty() ? ", which is empty." : ", which ends:\n  " + String.join("\n  ", last));
  }
}
