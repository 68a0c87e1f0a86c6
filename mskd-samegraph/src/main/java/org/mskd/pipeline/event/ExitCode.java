package org.mskd.pipeline.event;

/** Exit codes of a worker. Any other code is a crash, reported with the name of its log. */
public final class ExitCode {
  /** The goal is done. */
  public static final int DONE = 0;

  /** A rule of the experiment is not met. */
  public static final int GATE_FAILED = 10;

  /** The user's input cannot be used; a {@link Event.Failed} gives the reason. */
  public static final int BAD_INPUT = 11;

  /** Heap or off-heap memory ran out; a {@link Event.Failed} names it. */
  public static final int OUT_OF_MEMORY = 12;

  /** A file could not be written because its disk is full; a {@link Event.Failed} may name it. */
  public static final int DISK_FULL = 13;

  /** The output directory was removed while the worker ran. */
  public static final int OUTPUT_REMOVED = 14;

  /** Cancelled by the end of standard input, or by SIGINT. */
  public static final int CANCELLED = 130;

  /** Ended by SIGTERM. */
  public static final int TERMINATED = 143;

  private ExitCode() {}
}
