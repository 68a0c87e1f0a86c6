package org.mskd.pipeline.event;

/** A stage that ran in a worker of its own could not be done. */
public final class StageFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public StageFailed(Failure failure) {
    super(failure.problem() + " " + failure.remedy());
    this.failure = failure;
  }

  /** As if it had failed here. */
  public Failure failure() {
    return failure;
  }
}
