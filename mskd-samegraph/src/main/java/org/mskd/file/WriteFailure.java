package org.mskd.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;

/** Why a file could not be read or written, as the operating system reports it, and what to do. */
public final class WriteFailure {
  /** Messages of Linux, macOS and Windows for a disk or a quota that is full. */
  private static final List<String> FULL =
      List.of(
          "no space left on device",
          "disk quota exceeded",
          "not enough space on the disk",
          "disk is full");

  private WriteFailure() {}

  /** The message of an exception; where that is a file name alone, with the reason. */
  public static String reason(IOException e) {
    boolean fileAlone = e instanceof FileSystemException f && f.getReason() == null;
    return fileAlone || e.getMessage() == null
        ? e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage())
        : e.getMessage();
  }

  /** Whether an exception, or one of its causes, reports a full disk. */
  public static boolean isDiskFull(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && mentions(cause, FULL)) {
        return true;
      }
    }
    return false;
  }

  /** What to do, a full sentence; about free space only where that is the reason. */
  public static String remedy(IOException e) {
    if (isDiskFull(e)) {
      return "Free space on that disk or choose another folder, then run the same goal again.";
    }
    if (e instanceof AccessDeniedException || mentions(e, List.of("permission denied"))) {
      return "Check who may write there, or choose another folder, then run the same goal again.";
    }
    return "Check that folder and its disk, or choose another folder, then run the same goal"
        + " again.";
  }

  private static boolean mentions(Throwable e, List<String> texts) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return texts.stream().anyMatch(message::contains);
  }
}
