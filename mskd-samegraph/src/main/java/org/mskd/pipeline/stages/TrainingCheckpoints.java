package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.code.ResultNeutral;
import org.mskd.pipeline.stage.Checkpoints;
import org.mskd.pipeline.stage.InputChanges;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageStamp;
import org.mskd.training.Checkpoint;
import org.mskd.training.CheckpointFolder;
import org.mskd.training.Checkpointing;

/**
 * The checkpoints of a training: the one that it resumes at, and those that it writes.
 *
 * @param context of the stage
 * @param stage its name
 * @param id its id
 * @param inputs all inputs of the training: checkpoints of other inputs are not used
 */
@ResultNeutral
record TrainingCheckpoints(
    StageContext context, String stage, String id, SortedMap<String, String> inputs) {

  private Checkpoints folders() {
    return new Checkpoints(context.folders().root(), id);
  }

  /** Whether there is a checkpoint to resume at. */
  boolean exist() {
    return folders().exist(inputs) && !isDone();
  }

  /**
   * Whether the training with these inputs was finished after the checkpoint; then it starts at
   * iteration 0.
   */
  private boolean isDone() {
    Path stamp = StageStamp.fileOf(context.folders().root(), id);
    StageStamp last = StageStamp.read(stamp);
    return last != null
        && inputs.entrySet().containsAll(last.inputs().entrySet())
        && folders().isOlder(inputs, stamp);
  }

  /**
   * Finds the newest checkpoint. If there is none, the end of a shorter training is used. If there
   * is none either, reports the newest checkpoint of other inputs, which is not used.
   *
   * @param shorter the shorter training; empty if there is none
   */
  Checkpointing open(StageProgress progress, Optional<Continuation> shorter) {
    // Checkpoints of other inputs are removed when this training is done, not before.
    if (isDone()) {
      folders().remove(inputs);
    }
    Path folder = folders().open(inputs, Math.max(1, context.options().keep()));
    CheckpointFolder checkpoints = new CheckpointFolder(folder, Continuation.digest(inputs));
    Optional<Checkpoint> newest = checkpoints.newest(progress::mention);
    newest.ifPresent(checkpoint -> progress.resumed(checkpoint.iteration()));
    Optional<Checkpoint> start =
        newest.or(() -> shorter.flatMap(some -> end(some, checkpoints, progress)));
    if (start.isEmpty()) {
      reportOthers(progress);
    }
    return new Checkpointing(
        checkpoints,
        context.options().checkpointEvery(),
        start,
        progress::endRequested,
        progress::checkpointed);
  }

  private Optional<Checkpoint> end(
      Continuation shorter, CheckpointFolder checkpoints, StageProgress progress) {
    Optional<Checkpoint> end = shorter.finished().checkpoint(checkpoints, progress::mention);
    end.ifPresentOrElse(
        checkpoint -> progress.continued(checkpoint.iteration(), shorter.text()),
        () -> progress.message(stage + ": training starts at iteration 0"));
    return end;
  }

  private void reportOthers(StageProgress progress) {
    folders().others(inputs).stream()
        .findFirst()
        .ifPresent(
            other ->
                progress.message(
                    "%s: the checkpoint at iteration %d is not used, %s; it is kept in %s"
                        .formatted(
                            stage,
                            other.iteration(),
                            InputChanges.between(other.inputs(), inputs).orElse("inputs unchanged"),
                            other.folder())));
  }

  /** Removes the checkpoints when the training is done. */
  void close() {
    folders().close(inputs, context.options().keep());
  }
}
