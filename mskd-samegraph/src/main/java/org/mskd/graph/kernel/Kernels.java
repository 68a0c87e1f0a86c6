package org.mskd.graph.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * The threads of our own kernels: as many as {@code OMP_NUM_THREADS} says, else one a processor.
 *
 * <p>Work is cut into tasks by the caller. Which thread takes a task is left to chance, so a task
 * must write only what is its own; sums over tasks are made by the caller, in the tasks' order.
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
   * Does all tasks and returns when the last one is done. The calling thread takes part. After a
   * task has failed the tasks not yet begun are left out, and the failure is thrown as it is.
   *
   * @param tasks how many
   * @param body gets each of 0 .. tasks-1 once
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

  /** OpenMP allows a list, one number a nesting level; the first is the outermost. */
  static int threads(String setting) {
    if (setting != null) {
      try {
        int threads = Integer.parseInt(setting.split(",", 2)[0].trim());
        if (threads > 0) {
          return threads;
        }
      } catch (NumberFormatException e) {
        // OpenMP ignores what it cannot read, and so do we.
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
