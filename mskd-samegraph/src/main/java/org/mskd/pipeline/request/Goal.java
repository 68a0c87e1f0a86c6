package org.mskd.pipeline.request;

import java.util.Locale;
import java.util.Set;

/**
 * What a worker does: the kinds of stages that a goal wants. All data are checked before anything
 * is trained, so every goal that trains wants all preparations.
 */
public enum Goal {
  /** Draw the declared phantoms. Needs no tensors. */
  MAKE_PHANTOMS(false, StageKind.PHANTOMS),
  /** Check the data and write the slice stores. Needs no tensors. */
  PREPARE(false, StageKind.PHANTOMS, StageKind.PREPARE),
  /** Train one teacher an organ, or check the given one. */
  TRAIN_TEACHERS(true, StageKind.PHANTOMS, StageKind.PREPARE, StageKind.TEACHER),
  /** Distil one student a method from the teachers. */
  DISTILL(true, StageKind.PHANTOMS, StageKind.PREPARE, StageKind.STUDENT),
  /** Score teachers and students on the test set. */
  EVALUATE(true, StageKind.PHANTOMS, StageKind.PREPARE, StageKind.EVALUATE),
  /** Hold the scores against the declared rules. */
  CHECK(true, StageKind.PHANTOMS, StageKind.PREPARE, StageKind.EVALUATE),
  /** All of it, and the rules if any are declared. */
  RUN(
      true,
      StageKind.PHANTOMS,
      StageKind.PREPARE,
      StageKind.TEACHER,
      StageKind.STUDENT,
      StageKind.EVALUATE),
  /** Check the backend and time a training step. */
  DOCTOR(true);

  private final boolean tensors;
  private final Set<StageKind> targets;

  Goal(boolean tensors, StageKind... targets) {
    this.tensors = tensors;
    this.targets = Set.of(targets);
  }

  /** The kinds of stages that it wants. Those that they need come with them. */
  public Set<StageKind> targets() {
    return targets;
  }

  /** Whether the worker's class path needs an ND4J backend. */
  public boolean needsTensors() {
    return tensors;
  }

  /** As Maven has it, such as {@code train-teachers}. */
  public String goalName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
