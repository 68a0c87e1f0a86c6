package org.mskd.maven.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The memory of the workers that a build with several modules at a time runs side by side. A worker
 * waits while the memory that it may take does not fit beside that of those that run; one alone
 * always runs. Workers start in the order in which they were to start.
 *
 * <p>The state is shared by all modules of a build in an object of the JDK, since modules may load
 * the plugin in class loaders of their own.
 */
public final class WorkerMemory {
  private static final double GIB = 1L << 30;

  /** Of each worker, in order: its bytes, and 1 if it runs. */
  private final Map<Object, long[]> workers;

  private final long machine;

  private WorkerMemory(Map<Object, long[]> workers, long machine) {
    this.workers = workers;
    this.machine = machine;
  }

  /** A worker's memory; close it when the worker has ended. */
  public interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * The memory of a build.
   *
   * @param shared data of the build that all its modules share
   * @param machine memory of this machine, bytes
   */
  public static WorkerMemory of(Map<String, Object> shared, long machine) {
    synchronized (shared) {
      @SuppressWarnings("unchecked") // only this class uses the key
      Map<Object, long[]> workers =
          (Map<Object, long[]>)
              shared.computeIfAbsent(
                  WorkerMemory.class.getName(), key -> new LinkedHashMap<Object, long[]>());
      return new WorkerMemory(workers, machine);
    }
  }

  /**
   * Takes a share, when it fits.
   *
   * @param bytes what the worker may take
   * @param waiting is given a sentence, once, if it has to wait
   * @throws InterruptedException if the build is ended
   */
  public Share take(long bytes, Consumer<String> waiting) throws InterruptedException {
    Object worker = new Object();
    synchronized (workers) {
      workers.put(worker, new long[] {bytes, 0});
      boolean reported = false;
      try {
        while (!fits(worker, bytes)) {
          if (!reported) {
            waiting.accept(
                "Waiting: this worker may take %.1f GiB, others of this build take %.1f of %.1f GiB."
                    .formatted(bytes / GIB, taken() / GIB, machine / GIB));
            reported = true;
          }
          workers.wait();
        }
      } catch (InterruptedException e) {
        release(worker);
        throw e;
      }
      workers.get(worker)[1] = 1;
      workers.notifyAll();
    }
    return () -> release(worker);
  }

  private void release(Object worker) {
    synchronized (workers) {
      workers.remove(worker);
      workers.notifyAll();
    }
  }

  /** Whether it is the first that waits, and fits beside those that run. */
  private boolean fits(Object worker, long bytes) {
    Object first =
        workers.entrySet().stream()
            .filter(entry -> entry.getValue()[1] == 0)
            .findFirst()
            .map(Map.Entry::getKey)
            .orElseThrow();
    return first == worker && (taken() == 0 || taken() + bytes <= machine);
  }

  private long taken() {
    return workers.values().stream().filter(w -> w[1] == 1).mapToLong(w -> w[0]).sum();
  }
}
