package org.mskd.pipeline.event;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;
import org.mskd.problem.UnrepresentablePath;

/**
 * Why a worker cannot continue, as it is reported. Wrapping exceptions are unwrapped: those of a
 * prefetching thread or of ND4J arrive wrapped.
 *
 * @param exitCode one of {@link ExitCode}, or {@link #CRASH}
 * @param problem a full sentence
 * @param remedy a full sentence, or empty
 */
public record Failure(int exitCode, String problem, String remedy) {
  /** Exit code of an unexpected exception; its stack trace is in the log. */
  public static final int CRASH = 1;

  /** The failure of the first cause that has a known meaning. */
  public static Failure of(Throwable thrown) {
    Failure failure = understood(thrown);
    return WriteFailure.isDiskFull(thrown)
        ? new Failure(ExitCode.DISK_FULL, failure.problem, failure.remedy)
        : failure;
  }

  private static Failure understood(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof StageFailed e) {
        return e.failure();
      }
      if (cause instanceof BadInputException e) {
        return new Failure(ExitCode.BAD_INPUT, e.problem(), e.remedy());
      }
      if (cause instanceof OutOfMemoryError e) {
        return outOfMemory(e);
      }
      if (cause instanceof InvalidPathException e) {
        BadInputException known = UnrepresentablePath.problem(e);
        return new Failure(ExitCode.BAD_INPUT, known.problem(), known.remedy());
      }
      if (cause instanceof IOException e) {
        return new Failure(
            ExitCode.BAD_INPUT,
            "A file could not be read or written: " + WriteFailure.reason(e) + ".",
            WriteFailure.remedy(e));
      }
    }
    return new Failure(CRASH, "The worker failed: " + thrown + ".", "");
  }

  private static Failure outOfMemory(OutOfMemoryError error) {
    boolean offHeap = offHeap(String.valueOf(error.getMessage()));
    return new Failure(
        ExitCode.OUT_OF_MEMORY,
        (offHeap ? "Memory for tensors" : "Java heap memory")
            + " ran out ("
            + error.getMessage()
            + ").",
        "Raise "
            + (offHeap ? "<maxOffHeap> (<maxOffHeap=8g>)" : "<maxHeap> (<maxHeap=4g>)")
            + ", or lower <batchSize>, <sliceSize> or <baseChannels>, or set a smaller"
            + " <patchSize>.");
  }

  /**
   * Messages of JavaCPP name its limits, those of ND4J its buffers. The JVM's own messages, such as
   * "Java heap space", name neither.
   */
  private static boolean offHeap(String message) {
    return message.contains("physicalBytes")
        || message.contains("totalBytes")
        || message.contains("maxBytes")
        || message.contains("Physical memory")
        || message.contains("ff-heap")
        || message.contains("Cannot allocate");
  }

  /** Reports the failure, if that is still possible, and returns the exit code. */
  public int reportTo(EventLog events) {
    try {
      events.report(new Event.Failed(problem, remedy));
    } catch (RuntimeException e) {
      e.printStackTrace(); // a full disk: the exit code is all that is left
    }
    return exitCode;
  }
}
