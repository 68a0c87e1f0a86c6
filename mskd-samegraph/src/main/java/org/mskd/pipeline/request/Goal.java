package org.mskd.pipeline.request;

import java.util.Locale;
import java.util.Set;

/**
 * The goals of a worker, each with its target kinds of stages. All data are checked before anything
 * is trained, so every goal that trains has all preparations among its targets.
 */
public enum Goal {
  /** Draws the declared phantoms. Needs no tensors. */
  MAKE_PHANTOMS(false, StageKind.PHANTOMS),
  /** Reads all data and reports what looks wrong. Needs no tensors. */
  CHECK_DATA(false, StageKind.PHANTOMS, StageKind.CHECK_DATA),
  /** Checks the data and writes the slice stores. Needs no tensors. */
  PREPARE(false, StageKind.PHANTOMS, StageKind.PREPARE),
  /** Trains one teacher per organ, or checks the given one. */
  TRAIN_TEACHERS(true, StageKind.PHANTOMS, StageKind.PREPARE, StageKind.TEACHER),
  /** Trains one student per method. */
  DISTILL(true, StageKind.PHANTOMS, StageKind.PREPARE, StageKind.STUDENT),
  /** Scores teachers and students on the test set, or a given model. */
  EVALUATE(true, StageKind.PHANTOMS, StageKind.PREPARE, StageKind.PREDICT, StageKind.EVALUATE),
  /** Compares the scores with the declared rules. */
  CHECK(true, StageKind.PHANTOMS, StageKind.PREPARE, StageKind.EVALUATE),
  /** All stages, and the rules if any are declared. */
  RUN(
      true,
      StageKind.PHANTOMS,
      StageKind.PREPARE,
      StageKind.TEACHER,
      StageKind.STUDENT,
      StageKind.EVALUATE),
  /** Trains all networks once for each fold, and scores them on the subjects it holds out. */
  CROSS_VALIDATE(true, StageKind.PHANTOMS, StageKind.PREPARE, StageKind.CROSS_VALIDATION),
  /** Writes the report of the present results. Needs no tensors, and runs no stage. */
  REPORT(false),
  /** Predicts scans with a given model. */
  PREDICT(true, StageKind.PREDICT),
  /** Writes trained models as ONNX files. Runs no stage. */
  EXPORT(true),
  /** Checks the backend and measures a training step. */
  DOCTOR(true);

  private final boolean tensors;
  private final Set<StageKind> targets;

  Goal(boolean tensors, StageKind... targets) {
    this.tensors = tensors;
    this.targets = Set.of(targets);
  }

  /** The target kinds of stages. The stages that these depend on run as well. */
  public Set<StageKind> targets() {
    return targets;
  }

  /** Whether the worker's class path needs an ND4J backend. */
  public boolean needsTensors() {
    return tensors;
  }

  /** The goal's name in Maven, such as {@code train-teachers}. */
  public String goalName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
