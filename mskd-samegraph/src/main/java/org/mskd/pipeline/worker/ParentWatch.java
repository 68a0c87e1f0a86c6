package org.mskd.pipeline.worker;

import java.io.IOException;
import java.io.InputStream;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.stage.Cancellation;

/**
 * Ends the worker when its standard input ends, because the build was cancelled or Maven is gone,
 * and lets a training leave a checkpoint first; so also when the process is ended by SIGTERM or
 * SIGINT, which Ctrl-C sends to a terminal's whole group. Any other stage that was under way has no
 * stamp, so the next run does it again.
 */
final class ParentWatch {
  private ParentWatch() {}

  static void start(InputStream fromParent, Cancellation cancellation) {
    Thread thread =
        new Thread(
            () -> {
              awaitEnd(fromParent);
              cancellation.request();
              Runtime.getRuntime().halt(ExitCode.CANCELLED);
            },
            "mskd-parent-watch");
    thread.setDaemon(true);
    thread.start();
    // Runs at the usual end too, when no training is under way and there is nothing to wait for.
    Runtime.getRuntime().addShutdownHook(new Thread(cancellation::request, "mskd-cancel"));
  }

  private static void awaitEnd(InputStream fromParent) {
    try {
      int read = fromParent.read();
      while (read >= 0) {
        read = fromParent.read();
      }
    } catch (IOException e) {
      // A broken pipe means the same as its end: the parent is gone.
    }
  }
}
