package org.mskd.pipeline.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a worker reports, one JSON object a line in {@code events.jsonl} ({@code "event"} names the
 * kind). The plugin follows that file; native code may print on standard output, so no events go
 * there.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.WorkerStarted.class, name = "workerStarted"),
  @JsonSubTypes.Type(value = Event.StageStarted.class, name = "stageStarted"),
  @JsonSubTypes.Type(value = Event.StageSkipped.class, name = "stageSkipped"),
  @JsonSubTypes.Type(value = Event.Restored.class, name = "restored"),
  @JsonSubTypes.Type(value = Event.Resumed.class, name = "resumed"),
  @JsonSubTypes.Type(value = Event.Checkpointed.class, name = "checkpointed"),
  @JsonSubTypes.Type(value = Event.Cancelled.class, name = "cancelled"),
  @JsonSubTypes.Type(value = Event.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = Event.StageDone.class, name = "stageDone"),
  @JsonSubTypes.Type(value = Event.StageLeftOut.class, name = "stageLeftOut"),
  @JsonSubTypes.Type(value = Event.Message.class, name = "message"),
  @JsonSubTypes.Type(value = Event.Warning.class, name = "warning"),
  @JsonSubTypes.Type(value = Event.Failed.class, name = "failed")
})
public sealed interface Event {
  /**
   * The first event of a file: the run that its events belong to.
   *
   * @param run name of the run
   */
  record WorkerStarted(String run) implements Event {}

  /**
   * A stage begins.
   *
   * @param stage display name of the stage, such as {@code teacher liver}
   * @param steps how many steps it has, such as iterations or volumes; 0 where not known yet
   */
  record StageStarted(String stage, int steps) implements Event {}

  /** A stage is up to date and is not run. */
  record StageSkipped(String stage) implements Event {}

  /**
   * A stage is not run, since an earlier result with the same inputs was kept and is put in place.
   *
   * @param stage its name
   * @param why what changed since its last run; empty if it has none
   * @param from the folder that the result was taken from
   */
  record Restored(String stage, String why, String from) implements Event {}

  /**
   * A training resumes at a checkpoint.
   *
   * @param stage the stage
   * @param step steps done before
   * @param steps steps in all
   */
  record Resumed(String stage, int step, int steps) implements Event {}

  /**
   * A training has left a checkpoint that the next run can resume from.
   *
   * @param stage the stage
   * @param step steps done
   * @param steps steps in all
   */
  record Checkpointed(String stage, int step, int steps) implements Event {}

  /**
   * A training was cancelled and has left a checkpoint.
   *
   * @param stage the stage
   * @param step steps done
   * @param steps steps in all
   */
  record Cancelled(String stage, int step, int steps) implements Event {}

  /**
   * Progress of a stage.
   *
   * @param stage the stage
   * @param step steps done
   * @param steps steps in all
   * @param loss the running mean of the loss; NaN for stages without one
   * @param perSecond steps per second, recent average
   * @param secondsLeft estimate for this stage
   */
  record Progress(
      String stage, int step, int steps, double loss, double perSecond, double secondsLeft)
      implements Event {}

  /**
   * A stage is done.
   *
   * @param stage the stage
   * @param seconds how long it took
   * @param secondsWaited how long training steps waited for their batches, in total; NaN for a
   *     stage that trains nothing
   */
  record StageDone(String stage, double seconds, double secondsWaited) implements Event {}

  /**
   * A stage could not be run, since its input cannot be used; other stages continue.
   *
   * @param stage the stage
   * @param problem what is wrong, a full sentence
   * @param remedy what to do, a full sentence
   */
  record StageLeftOut(String stage, String problem, String remedy) implements Event {}

  /** A line of output: a result, a row of a table. */
  record Message(String text) implements Event {}

  /** A warning; the run continues. */
  record Warning(String text) implements Event {}

  /**
   * The worker cannot continue; its exit code gives the kind of failure.
   *
   * @param problem what is wrong, a full sentence
   * @param remedy what to do, a full sentence; empty if unknown
   */
  record Failed(String problem, String remedy) implements Event {}
}
