package org.mskd.pipeline;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends the worker when its standard input ends: the build was cancelled, or Maven is gone. A stage
 * that was under way has no stamp, so the next run does it again.
 */
final class ParentWatch {
  private ParentWatch() {}

  static void start(InputStream fromParent) {
    Thread thread =
        new Thread(
            () -> {
              awaitEnd(fromParent);
              Runtime.getRuntime().halt(ExitCode.CANCELLED);
            },
            "mskd-parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitEnd(InputStream fromParent) {
    try {
      int read = fromParent.read();
      while (read >= 0) {
        read = fromParent.read();
      }
    } catch (IOException e) {
      // A broken pipe says the same as its end: nobody is there.
    }
  }
}
