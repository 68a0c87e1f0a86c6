package org.mskd.pipeline.worker;

import java.io.IOException;
import java.io.InputStream;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.stage.Cancellation;

/**
 * Ends the worker when its standard input ends, because the build was cancelled or Maven has ended.
 * A training writes a checkpoint first. The same happens on SIGTERM and on SIGINT, which Ctrl-C
 * sends to the terminal's whole process group. Any other stage that was running has no stamp, so
 * the next run starts it again.
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
    // Runs at a normal end too; then no training is running and there is nothing to wait for.
    Runtime.getRuntime().addShutdownHook(new Thread(cancellation::request, "mskd-cancel"));
  }

  private static void awaitEnd(InputStream fromParent) {
    try {
      int read = fromParent.read();
      while (read >= 0) {
        read = fromParent.read();
      }
    } catch (IOException e) {
      // A broken pipe means the same as the end of the stream: the parent process has ended.
    }
  }
}
