package org.mskd.pipeline.event;

/** A stage failed in a worker process of its own. */
public final class StageFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public StageFailed(Failure failure) {
    super(failure.problem() + " " + failure.remedy());
    this.failure = failure;
  }

  /** The failure, as that worker reported it. */
  public Failure failure() {
    return failure;
  }
}
