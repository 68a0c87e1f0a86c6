package org.mskd.pipeline.claim;

import java.nio.file.Path;

/**
 * Notices that an output directory was removed while a worker has it, as {@code mvn clean} does.
 * The worker ends at once then: the directory that the next build makes in its place is not its
 * own.
 */
public final class OutputWatch {
  private static final long LOOK_MILLIS = 50;

  private OutputWatch() {}

  /**
   * Looks until the directory is removed or the JVM ends.
   *
   * @param onRemoved run once, in a thread of its own
   */
  public static void start(Path outputDirectory, Runnable onRemoved) {
    Thread thread = new Thread(() -> watch(outputDirectory, onRemoved), "mskd-output-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(Path outputDirectory, Runnable onRemoved) {
    try {
      while (OutputLock.isValid(outputDirectory)) {
        Thread.sleep(LOOK_MILLIS);
      }
      onRemoved.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
