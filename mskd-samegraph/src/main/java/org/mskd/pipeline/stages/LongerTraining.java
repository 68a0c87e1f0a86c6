package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.code.ResultNeutral;
import org.mskd.experiment.Training;
import org.mskd.method.ConfiguredMethod;
import org.mskd.pipeline.stage.Checkpoints;
import org.mskd.pipeline.stage.ForcedStages;
import org.mskd.pipeline.stage.StageStamp;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;
import org.mskd.training.EndState;

/**
 * Whether a training can be the continuation of a shorter one, and a longer one its continuation:
 * they have the bytes of trainings from scratch where no iteration depends on how many follow.
 *
 * @param id of the stage
 * @param folder of its finished result
 */
@ResultNeutral
record LongerTraining(
    StageContext context, String id, Path folder, Training training, ConfiguredMethod method) {
  private static final String FROM_SCRATCH = "training starts at iteration 0";

  /**
   * The shorter training that a run continues; empty if it starts at iteration 0.
   *
   * @param inputs of the run
   */
  Optional<Continuation> begun(SortedMap<String, String> inputs) {
    return isForced()
        ? Optional.empty()
        : shorter(inputs).filter(some -> reasonAgainst(some).isEmpty());
  }

  /** Where the training starts, for a message: empty if it continues a shorter one. */
  String note(SortedMap<String, String> inputs) {
    if (isForced()) {
      return FROM_SCRATCH; // that it is forced is in the same message
    }
    Optional<Continuation> shorter = shorter(inputs);
    Optional<String> against = shorter.flatMap(this::reasonAgainst); // reads the state
    if (shorter.isPresent() && against.isEmpty()) {
      return "";
    }
    return FROM_SCRATCH + against.map(why -> ", since " + why).orElse("");
  }

  /** The last finished training, if it is the same for fewer epochs. */
  private Optional<Continuation> shorter(SortedMap<String, String> inputs) {
    StageStamp last = StageStamp.read(StageStamp.fileOf(context.folders().root(), id));
    return Continuation.of(last, folder, inputs, training);
  }

  private boolean isForced() {
    return ForcedStages.names(context.options().rerun(), id);
  }

  /** Why a shorter training is not continued; empty if it is. */
  private Optional<String> reasonAgainst(Continuation shorter) {
    return obstacle()
        .or(
            () ->
                shorter.isKept()
                    ? Optional.empty()
                    : Optional.of("the state at the end of the last one was not kept"));
  }

  /** Why the first iterations depend on how many follow; empty if they do not. */
  private Optional<String> obstacle() {
    if (training.schedule().dependsOnLength()) {
      String schedule = training.schedule().getClass().getSimpleName().toLowerCase(Locale.ROOT);
      return Optional.of("the learning rate of " + schedule + " depends on the number of epochs");
    }
    return method.method().dependsOnLength(method.options())
        ? Optional.of("the loss of " + method.method().id() + " depends on the number of epochs")
        : Optional.empty();
  }

  /**
   * Keeps the state at the end if a longer training can continue there. The model is finished: a
   * disk without space for the state is a warning.
   *
   * @param made the folder of the new result
   */
  void keep(EndState end, Path made, StageWork work) {
    if (context.options().keep() == 0 || obstacle().isPresent()) {
      return;
    }
    try {
      end.write(made.resolve(Checkpoints.END), Continuation.digest(work.inputs()));
    } catch (BadInputException e) {
      work.progress().mention(e.problem() + " A longer training will start at iteration 0.");
    }
  }
}
