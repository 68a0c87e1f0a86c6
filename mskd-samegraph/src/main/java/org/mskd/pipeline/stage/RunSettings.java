package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.Set;
import org.mskd.pipeline.event.EventLog;

/**
 * Settings of a run of stages.
 *
 * @param outputDirectory the output directory
 * @param events where stages report
 * @param digests of files
 * @param cancellation cancels the run
 * @param forced ids of stages that run even if they are up to date
 * @param keep how many finished results of other inputs are kept, for stages that keep results
 * @param first run once before the stages if any of them is not up to date: loads the backend,
 *     which may be missing and is an input of stages
 * @param guard run each time before anything in the output directory is replaced
 * @param cache of results that outlive the output directory
 */
public record RunSettings(
    Path outputDirectory,
    EventLog events,
    FileDigests digests,
    Cancellation cancellation,
    Set<String> forced,
    int keep,
    Runnable first,
    Runnable guard,
    ResultCache cache) {
  public RunSettings {
    forced = Set.copyOf(forced);
  }

  /** Defaults: no cancellation, no forced stages, one kept result. */
  public RunSettings(Path outputDirectory, EventLog events, FileDigests digests) {
    this(
        outputDirectory,
        events,
        digests,
        new Cancellation(),
        Set.of(),
        1,
        () -> {},
        () -> {},
        ResultCache.NONE);
  }

  /** With a cancellation. */
  public RunSettings cancelledBy(Cancellation request) {
    return new RunSettings(
        outputDirectory, events, digests, request, forced, keep, first, guard, cache);
  }

  /** With stages that run even if they are up to date. */
  public RunSettings forcing(Set<String> ids) {
    return new RunSettings(
        outputDirectory, events, digests, cancellation, ids, keep, first, guard, cache);
  }

  /** With another number of kept results. */
  public RunSettings keeping(int results) {
    return new RunSettings(
        outputDirectory, events, digests, cancellation, forced, results, first, guard, cache);
  }

  /** With an action before the first stage that runs. */
  public RunSettings first(Runnable load) {
    return new RunSettings(
        outputDirectory, events, digests, cancellation, forced, keep, load, guard, cache);
  }

  /** With an action before anything is replaced. */
  public RunSettings guardedBy(Runnable check) {
    return new RunSettings(
        outputDirectory, events, digests, cancellation, forced, keep, first, check, cache);
  }

  /** With a cache of results. */
  public RunSettings caching(ResultCache results) {
    return new RunSettings(
        outputDirectory, events, digests, cancellation, forced, keep, first, guard, results);
  }
}
