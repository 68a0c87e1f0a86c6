package org.mskd.maven.worker;

import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;

/** How a worker ended, and what a person is told of it. */
public final class WorkerOutcome {
  private static final int SIGNALS = 128;
  private static final int SIGKILL = SIGNALS + 9;

  private final WorkerSettings settings;
  private WorkerLog log;
  private Optional<Event.Failed> reason = Optional.empty();
  private int exitCode;

  WorkerOutcome(WorkerSettings settings) {
    this.settings = settings;
  }

  void note(Event event) {
    if (event instanceof Event.Failed failure) {
      reason = Optional.of(failure);
    }
  }

  WorkerOutcome endedWith(int code, WorkerLog file) {
    exitCode = code;
    log = file;
    return this;
  }

  /** Whether the work is not done. */
  public boolean failed() {
    return exitCode != ExitCode.DONE;
  }

  boolean isCancel(int code) {
    return code == ExitCode.CANCELLED || code == ExitCode.TERMINATED;
  }

  int exitCode() {
    return exitCode;
  }

  /**
   * Does nothing where the worker did all that was asked.
   *
   * @throws MojoFailureException where the user's input, a rule or the memory is the reason
   * @throws MojoExecutionException where it crashed or was cancelled
   */
  public void check() throws MojoExecutionException, MojoFailureException {
    switch (exitCode) {
      case ExitCode.DONE -> {}
      case ExitCode.BAD_INPUT, ExitCode.GATE_FAILED ->
          throw new MojoFailureException(reason.map(WorkerOutcome::told).orElseGet(this::unsaid));
      case ExitCode.OUT_OF_MEMORY -> throw new MojoFailureException(outOfMemory());
      case ExitCode.CANCELLED, ExitCode.TERMINATED ->
          throw new MojoExecutionException(
              "The worker was cancelled. Finished stages are kept, a training goes on from its last"
                  + " checkpoint, any other stage starts again: run the same goal again.");
      default ->
          throw new MojoExecutionException(
              reason.map(failure -> told(failure) + " ").orElse("") + crash());
    }
  }

  /** The end of the worker's log, stack traces included, for {@code -X}. */
  public String logEnd() {
    return log.file() + " ends:\n" + log.end();
  }

  private static String told(Event.Failed failure) {
    return (failure.problem() + " " + failure.remedy()).strip();
  }

  private String outOfMemory() {
    return reason
            .map(WorkerOutcome::told)
            .orElse(
                "The worker ran out of memory. Raise <maxHeap> (-Dmskd.maxHeap=4g) or <maxOffHeap>"
                    + " (-Dmskd.maxOffHeap=8g).")
        + " It may use "
        + settings.maxHeap()
        + " of heap and "
        + settings.maxOffHeap()
        + " for tensors. Its log is "
        + log.file()
        + ".";
  }

  /** A worker that can say nothing has most likely nowhere to write it. */
  private String unsaid() {
    return "The worker could not write to "
        + settings.outputDirectory()
        + ", most likely because its disk is full. Free space there, or choose another"
        + " <outputDirectory>, then run the same goal again. Its log is "
        + log.file()
        + ".";
  }

  private String crash() {
    String killed =
        exitCode == SIGKILL
            ? ", killed by the system, most likely because memory ran out: lower <maxHeap> and"
                + " <maxOffHeap>, or <batchSize>"
            : "";
    List<String> last = log.lastLines();
    return "The worker ended with exit code "
        + exitCode
        + killed
        + ". Its log is "
        + log.file()
        + (last.isEmpty() ? ", which is empty." : ", which ends:\n  " + String.join("\n  ", last));
  }
}
