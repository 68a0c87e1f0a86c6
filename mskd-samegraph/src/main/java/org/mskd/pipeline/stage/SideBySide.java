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
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.event.Failure;
import org.mskd.pipeline.event.StageFailed;

/**
 * Runs independent stages side by side, each in a worker of its own: a few at a time, the next one
 * when one is done. Where one fails, the others are ended, and the failure is the first one's.
 */
public final class SideBySide {
  private static final long RELAY_SECONDS = 10;

  private final StageProcesses processes;
  private final EventLog events;
  private final List<StageProcess> started = new ArrayList<>();
  private boolean ended;

  public SideBySide(StageProcesses processes, EventLog events) {
    this.processes = processes;
    this.events = events;
  }

  /**
   * Runs them all.
   *
   * @throws StageFailed if one cannot be done
   */
  public void run(List<Stage> stages) {
    int atOnce = Math.min(processes.atOnce(), stages.size());
    StageMemory.ofThisWorker().warning(atOnce).ifPresent(w -> events.say(new Event.Warning(w)));
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    Thread cancel = new Thread(this::end, "mskd-end-stages");
    Runtime.getRuntime().addShutdownHook(cancel);
    try {
      awaitAll(pool, stages);
      requireAll();
    } finally {
      end();
      awaitRelays(pool);
      forget(cancel);
    }
  }

  private void awaitAll(ExecutorService pool, List<Stage> stages) {
    CompletionService<Stage> done = new ExecutorCompletionService<>(pool);
    stages.forEach(stage -> done.submit(() -> runOne(stage), stage));
    try {
      for (int i = 0; i < stages.size(); i++) {
        done.take().get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where they were asked to end, some may not have begun. */
  private synchronized void requireAll() {
    if (ended) {
      throw new StageFailed(
          new Failure(ExitCode.CANCELLED, "The build was cancelled.", "Run the same goal again."));
    }
  }

  private void runOne(Stage stage) {
    StageProcess process;
    synchronized (this) {
      if (ended) {
        return;
      }
      process = StageProcess.start(processes, stage, events);
      started.add(process);
    }
    try {
      process.await();
    } catch (RuntimeException e) {
      askToEnd(); // before this thread takes the next one
      throw e;
    }
  }

  /** Not interrupted: that would close the file of events where one is being written. */
  private static void awaitRelays(ExecutorService pool) {
    pool.shutdown();
    try {
      pool.awaitTermination(RELAY_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks those that run to end, starts no others, and does not wait: {@link #run} does. */
  public void askToEnd() {
    askAll();
  }

  private synchronized List<StageProcess> askAll() {
    ended = true;
    started.forEach(StageProcess::askToEnd);
    return List.copyOf(started);
  }

  /** All are asked first, so that they end at the same time. */
  private void end() {
    askAll().forEach(StageProcess::awaitEnd);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This JVM is ending, and the hook is at work.
    }
  }
}
