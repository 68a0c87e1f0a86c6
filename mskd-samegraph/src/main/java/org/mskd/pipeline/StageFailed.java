package org.mskd.pipeline;

/** A stage that ran in a worker of its own could not be done. */
final class StageFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  StageFailed(Failure failure) {
    super(failure.problem() + " " + failure.remedy());
    this.failure = failure;
  }

  /** As if it had failed here. */
  Failure failure() {
    return failure;
  }
}
