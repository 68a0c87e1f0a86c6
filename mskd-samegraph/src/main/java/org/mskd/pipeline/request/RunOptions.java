package org.mskd.pipeline.request;

import java.util.List;
import java.util.Optional;
import org.mskd.code.ResultNeutral;
import org.mskd.file.VerifiedFiles;

/**
 * Options of a run that no result depends on.
 *
 * @param checkpointEvery iterations from one checkpoint of a training to the next, at least 1
 * @param rerun stages that are run even if they are up to date, by stage id such as {@code
 *     teacher/liver} or as {@code teacher:liver}
 * @param reread whether files are read again although their length and modification time are
 *     unchanged
 * @param parallel trainings that run side by side, at least 1
 * @param keep how many finished models with other parameters are kept per teacher and student
 * @param cache of results outside of the output directory
 * @param lockNames whether {@code lock.json} holds the names of the cases
 * @param report what the report has; null for the default
 * @param verified model files whose signatures were verified; null for none
 */
@ResultNeutral
public record RunOptions(
    int checkpointEvery,
    List<String> rerun,
    boolean reread,
    int parallel,
    int keep,
    Optional<CacheOptions> cache,
    boolean lockNames,
    ReportOptions report,
    VerifiedFiles verified) {
  /** The defaults. */
  public static final RunOptions DEFAULT = new RunOptions(250, List.of(), false, 1, 1);

  /** With the defaults of all other options. */
  public RunOptions(
      int checkpointEvery, List<String> rerun, boolean reread, int parallel, int keep) {
    this(
        checkpointEvery,
        rerun,
        reread,
        parallel,
        keep,
        Optional.empty(),
        false,
        ReportOptions.DEFAULT,
        VerifiedFiles.NONE);
  }

  /**
   * Checks the values. The plugin has checked them before, with messages that name the elements.
   */
  public RunOptions {
    rerun = List.copyOf(rerun);
    cache = cache == null ? Optional.empty() : cache;
    report = report == null ? ReportOptions.DEFAULT : report;
    verified = verified == null ? VerifiedFiles.NONE : verified;
    if (checkpointEvery < 1 || parallel < 1 || keep < 0) {
      throw new IllegalArgumentException(
          "checkpointEvery %d, parallel %d, keep %d".formatted(checkpointEvery, parallel, keep));
    }
  }

  /** With other stages that are run even if they are up to date. */
  public RunOptions rerunning(List<String> stages) {
    return new RunOptions(
        checkpointEvery, stages, reread, parallel, keep, cache, lockNames, report, verified);
  }

  /** With a cache. */
  public RunOptions caching(Optional<CacheOptions> other) {
    return new RunOptions(
        checkpointEvery, rerun, reread, parallel, keep, other, lockNames, report, verified);
  }

  /** With or without names of cases in {@code lock.json}. */
  public RunOptions namingCases(boolean names) {
    return new RunOptions(
        checkpointEvery, rerun, reread, parallel, keep, cache, names, report, verified);
  }

  /** With another report. */
  public RunOptions reporting(ReportOptions other) {
    return new RunOptions(
        checkpointEvery, rerun, reread, parallel, keep, cache, lockNames, other, verified);
  }

  /** With files whose signatures were verified. */
  public RunOptions verifying(VerifiedFiles files) {
    return new RunOptions(
        checkpointEvery, rerun, reread, parallel, keep, cache, lockNames, report, files);
  }
}
