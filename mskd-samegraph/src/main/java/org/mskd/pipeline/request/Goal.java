package org.mskd.pipeline.request;

import java.util.Locale;

/** What a worker may be asked for; each first runs the stages it needs. */
public enum Goal {
  /** Draw the declared phantoms. Needs no tensors. */
  MAKE_PHANTOMS(false),
  /** Check the data and write the slice stores. Needs no tensors. */
  PREPARE(false),
  /** Train one teacher an organ, or check the given one. */
  TRAIN_TEACHERS(true),
  /** Distil one student a method from the teachers. */
  DISTILL(true),
  /** Score teachers and students on the test set. */
  EVALUATE(true),
  /** Hold the scores against the declared rules. */
  CHECK(true),
  /** All of it, and the rules if any are declared. */
  RUN(true),
  /** Check the backend and time a training step. */
  DOCTOR(true);

  private final boolean tensors;

  Goal(boolean tensors) {
    this.tensors = tensors;
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
