package org.mskd.pipeline.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * The run that uses an output directory, for the messages of builds that wait for it; {@code
 * .owner.json}. Only the {@link OutputLock} decides who may write. A record whose run is over is
 * ignored.
 *
 * @param process id of the worker process
 * @param started when it started, in milliseconds since 1970, as the system reports it; 0 if the
 *     system does not report it
 * @param goal goal of the run
 * @param module folder of the module that the goal runs in; empty if unknown
 * @param run the name of its {@link RunFolder}
 */
public record OutputOwner(long process, long started, String goal, String module, String run) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** This process. */
  public static OutputOwner current(String goal, String module, String run) {
    ProcessHandle self = ProcessHandle.current();
    return new OutputOwner(self.pid(), startOf(self), goal, module, run);
  }

  private static Path fileIn(Path outputDirectory) {
    return outputDirectory.resolve(".owner.json");
  }

  /**
   * Writes the record. Only the holder of the lock may call this. If the file cannot be written,
   * the run continues without it.
   */
  public void write(Path outputDirectory) {
    try {
      AtomicFile.writeText(fileIn(outputDirectory), ExperimentJson.write(this) + "\n");
    } catch (BadInputException e) {
      e.printStackTrace(); // to the worker's log
    }
  }

  /** Removes the record when the run is done. A record that remains does no harm. */
  public static void remove(Path outputDirectory) {
    try {
      Files.deleteIfExists(fileIn(outputDirectory));
    } catch (IOException e) {
      e.printStackTrace(); // to the worker's log
    }
  }

  /** The recorded owner, if its process is alive. */
  public static Optional<OutputOwner> of(Path outputDirectory) {
    try {
      return Optional.ofNullable(
              ExperimentJson.read(Files.readString(fileIn(outputDirectory)), OutputOwner.class))
          .filter(owner -> owner.isAlive(outputDirectory));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // not written yet, or not by mskd
    }
  }

  /** Decided by the lock that its run holds: a process number may belong to another container. */
  private boolean isAlive(Path outputDirectory) {
    return run != null
        && !run.isEmpty()
        && RunLock.isHeld(RunFolder.runsIn(outputDirectory).resolve(run));
  }

  /** Whether a process of that number and start time runs on this machine. */
  private boolean isHere() {
    return ProcessHandle.of(process).filter(p -> startOf(p) == started).isPresent();
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Such as {@code process 4711 of user anna (goal run of module liver), since 12:00:00}. */
  public String description() {
    String user =
        Optional.of(process)
            .filter(id -> isHere())
            .flatMap(ProcessHandle::of)
            .flatMap(p -> p.info().user())
            .map(u -> " of user " + u)
            .orElse("");
    String since =
        started == 0
            ? ""
            : ", at work since "
                + TIME.format(
                    Instant.ofEpochMilli(started)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .atZone(ZoneId.systemDefault()));
    return "process "
        + process
        + user
        + " (goal "
        + goal
        + (module == null || module.isEmpty() ? "" : " of module " + module)
        + ")"
        + since;
  }
}
