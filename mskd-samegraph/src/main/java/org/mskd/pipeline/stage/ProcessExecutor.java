package org.mskd.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;

/**
 * Runs each stage in a process of its own, several at a time. A cancelled run ends all of them; a
 * training then writes a checkpoint first.
 */
final class ProcessExecutor implements StageExecutor {
  private static final long RELAY_SECONDS = 10;

  private final StageProcesses processes;
  private final EventLog events;
  private final Cancellation cancellation;
  private final List<StageProcess> started = new ArrayList<>();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final CompletionService<Stage> done = new ExecutorCompletionService<>(pool);
  private final Thread hook = new Thread(this::end, "mskd-end-stages");
  private int running;
  private int warnedOf = 1;

  ProcessExecutor(StageProcesses processes, EventLog events, Cancellation cancellation) {
    this.processes = processes;
    this.events = events;
    this.cancellation = cancellation;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public int capacity() {
    return processes.atOnce();
  }

  @Override
  public int running() {
    return running;
  }

  /** Warns if the memory limits of that many processes exceed the memory of the machine. */
  void expect(int stages) {
    int atOnce = Math.min(capacity(), stages);
    if (atOnce > warnedOf) {
      warnedOf = atOnce;
      StageMemory.ofThisWorker()
          .warning(atOnce)
          .ifPresent(w -> events.report(new Event.Warning(w)));
    }
  }

  @Override
  public void start(Stage stage) {
    StageProcess process;
    synchronized (this) {
      process = StageProcess.start(processes, stage, events);
      started.add(process);
    }
    running++;
    done.submit(() -> cancellation.during(process::requestEnd, process::await), stage);
  }

  @Override
  public Stage await() {
    try {
      Stage stage = done.take().get();
      running--;
      return stage;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    end();
    awaitRelays();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending, and the hook is running.
    }
  }

  /** Requests the end of all before it waits for any, so that they end at the same time. */
  private void end() {
    List<StageProcess> all;
    synchronized (this) {
      all = List.copyOf(started);
    }
    all.forEach(StageProcess::requestEnd);
    all.forEach(StageProcess::awaitEnd);
  }

  /** The threads are not interrupted: that would close the events' file during a write. */
  private void awaitRelays() {
    pool.shutdown();
    try {
      pool.awaitTermination(RELAY_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
