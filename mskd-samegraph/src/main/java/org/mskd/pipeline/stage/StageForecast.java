package org.mskd.pipeline.stage;

/**
 * What a run would do with a stage, as far as it is known before the run.
 *
 * @param id of the stage, such as {@code teacher/liver}
 * @param name display name, such as {@code teacher liver}
 * @param outcome what would happen
 * @param reason what changed since the last run, or which stages come before; empty if the stage is
 *     up to date
 */
public record StageForecast(String id, String name, Outcome outcome, String reason) {
  /** What would happen with a stage. */
  public enum Outcome {
    /** It is up to date. */
    UP_TO_DATE,
    /** It would be run. */
    RUN,
    /** A training would resume at a checkpoint, or continue from the end of a shorter one. */
    RESUME,
    /** A finished result that was kept would replace the present one. */
    RESTORE,
    /** Its result would be copied from the cache. */
    CACHED,
    /** It would be run if the results of stages that run before it change. */
    DEPENDS
  }
}
