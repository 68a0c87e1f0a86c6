package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.Set;
import org.mskd.pipeline.event.EventLog;

/**
 * How stages are run.
 *
 * @param outputDirectory the output directory
 * @param events where stages report
 * @param digests of files
 * @param cancellation the request that the run ends early
 * @param forced ids of stages that run even if they are up to date
 * @param keep how many finished results of other inputs are kept of a stage that keeps any
 * @param first done once, before any stage, where one of them is not up to date: loads the backend,
 *     which may be missing and is an input of stages
 * @param guard done each time before anything in the output directory is replaced
 */
public record RunSettings(
    Path outputDirectory,
    EventLog events,
    FileDigests digests,
    Cancellation cancellation,
    Set<String> forced,
    int keep,
    Runnable first,
    Runnable guard) {
  public RunSettings {
    forced = Set.copyOf(forced);
  }

  /** Not cancelled, none forced, one other result kept. */
  public RunSettings(Path outputDirectory, EventLog events, FileDigests digests) {
    this(outputDirectory, events, digests, new Cancellation(), Set.of(), 1, () -> {}, () -> {});
  }

  /** With a cancellation. */
  public RunSettings cancelledBy(Cancellation request) {
    return new RunSettings(outputDirectory, events, digests, request, forced, keep, first, guard);
  }

  /** With stages that run even if they are up to date. */
  public RunSettings forcing(Set<String> ids) {
    return new RunSettings(outputDirectory, events, digests, cancellation, ids, keep, first, guard);
  }

  /** With another number of kept results. */
  public RunSettings keeping(int results) {
    return new RunSettings(
        outputDirectory, events, digests, cancellation, forced, results, first, guard);
  }

  /** With what is done before the first stage that runs. */
  public RunSettings first(Runnable load) {
    return new RunSettings(
        outputDirectory, events, digests, cancellation, forced, keep, load, guard);
  }

  /** With what is done before anything is replaced. */
  public RunSettings guardedBy(Runnable check) {
    return new RunSettings(
        outputDirectory, events, digests, cancellation, forced, keep, first, check);
  }
}
