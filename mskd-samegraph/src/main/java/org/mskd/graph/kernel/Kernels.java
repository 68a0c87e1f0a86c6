package org.mskd.graph.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * The threads of the kernels in Java: {@code OMP_NUM_THREADS} of them, or one per processor.
 *
 * <p>Work is cut into tasks by the caller. The assignment of tasks to threads varies, so a task
 * must write only its own results; sums over tasks are made by the caller, in the tasks' order.
 */
public final class Kernels {
  private static final int THREADS = threads(System.getenv("OMP_NUM_THREADS"));
  private static final ExecutorService HELPERS =
      Executors.newFixedThreadPool(
          Math.max(1, THREADS - 1),
          work -> {
            Thread thread = new Thread(work, "mskd-kernel");
            thread.setDaemon(true);
            return thread;
          });

  private Kernels() {}

  /** The number of threads, the caller's included. */
  public static int threads() {
    return THREADS;
  }

  /**
   * Runs all tasks and returns after the last one. The calling thread takes part. After a task has
   * failed, tasks that have not started are skipped, and the failure is thrown unchanged.
   *
   * @param tasks their number
   * @param body called once with each of 0 .. tasks-1
   */
  public static void parallel(int tasks, IntConsumer body) {
    if (tasks <= 1 || THREADS == 1) {
      for (int task = 0; task < tasks; task++) {
        body.accept(task);
      }
      return;
    }
    Job job = new Job(tasks, body);
    for (int helper = 1; helper < Math.min(THREADS, tasks); helper++) {
      HELPERS.execute(job);
    }
    job.run();
    job.await();
  }

  /** OpenMP allows a list with one number per nesting level; the first is the outermost. */
  static int threads(String setting) {
    if (setting != null) {
      try {
        int threads = Integer.parseInt(setting.split(",", 2)[0].trim());
        if (threads > 0) {
          return threads;
        }
      } catch (NumberFormatException e) {
        // OpenMP ignores an invalid value, and so does this class.
      }
    }
    return Runtime.getRuntime().availableProcessors();
  }

  private static final class Job implements Runnable {
    private final int tasks;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch open;

    Job(int tasks, IntConsumer body) {
      this.tasks = tasks;
      this.body = body;
      this.open = new CountDownLatch(tasks);
    }

    @Override
    public void run() {
      for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            body.accept(task);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          open.countDown();
        }
      }
    }

    void await() {
      boolean interrupted = false;
      while (true) {
        try {
          open.await();
          break;
        } catch (InterruptedException e) {
          // The tasks write to native memory: never leave before they have.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure.get() instanceof RuntimeException e) {
        throw e;
      } else if (failure.get() instanceof Error e) {
        throw e;
      }
    }
  }
}
