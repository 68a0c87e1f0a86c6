package org.mskd.pipeline.claim;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mskd.pipeline.event.DurationText;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.problem.BadInputException;

/** Waits until an output directory is free, and reports which build uses it. */
public final class OutputWait {
  private static final long LOOK_MILLIS = 200;

  /** A build that has just begun may not have written its name. */
  private static final Duration UNTOLD = Duration.ofSeconds(2);

  private static final Duration FIRST_REMINDER = Duration.ofSeconds(30);
  private static final Duration LAST_REMINDER = Duration.ofMinutes(10);

  private final Path outputDirectory;
  private final EventLog events;
  private final long start = System.nanoTime();

  public OutputWait(Path outputDirectory, EventLog events) {
    this.outputDirectory = outputDirectory;
    this.events = events;
  }

  /**
   * Takes the lock as soon as it is free.
   *
   * @return how long the wait took; empty if the lock was free
   * @throws BadInputException if the directory cannot be written
   */
  public Optional<Duration> takeLock() {
    if (OutputLock.take(outputDirectory)) {
      return Optional.empty();
    }
    reportOwner();
    Duration reminder = FIRST_REMINDER;
    while (!OutputLock.take(outputDirectory)) {
      if (waited().compareTo(reminder) >= 0) {
        events.report(new Event.Message(reminder(reminder)));
        reminder = next(reminder);
      }
      pause();
    }
    return Optional.of(waited());
  }

  private void reportOwner() {
    Optional<OutputOwner> owner = OutputOwner.of(outputDirectory);
    while (owner.isEmpty() && waited().compareTo(UNTOLD) < 0) {
      pause();
      owner = OutputOwner.of(outputDirectory);
    }
    events.report(
        new Event.Message(
            outputDirectory
                + " is in use by "
                + owner
                    .map(OutputOwner::description)
                    .orElse("another build, which has not written its name")
                + ". Waiting for it to end; Ctrl-C ends the wait."));
  }

  /** Twice the interval of the reminder before, up to a limit. */
  private static Duration next(Duration reminder) {
    Duration step = reminder.compareTo(LAST_REMINDER) < 0 ? reminder : LAST_REMINDER;
    return reminder.plus(step);
  }

  private String reminder(Duration waited) {
    return "Waiting for "
        + outputDirectory
        + " for "
        + DurationText.of(waited)
        + ", in use by "
        + OutputOwner.of(outputDirectory).map(OutputOwner::description).orElse("another build")
        + ".";
  }

  private Duration waited() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadInputException(
          "The wait for the output directory was interrupted.", "Run the same goal again.", e);
    }
  }
}
