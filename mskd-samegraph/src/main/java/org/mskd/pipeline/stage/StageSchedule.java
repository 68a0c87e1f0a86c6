package org.mskd.pipeline.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mskd.file.WriteFailure;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.event.Failure;
import org.mskd.pipeline.event.StageFailed;
import org.mskd.problem.BadInputException;

/**
 * Starts each stage as soon as the stages that it depends on are done and an executor has capacity
 * for it; among those that are ready, the first in the order of the graph. Results do not depend on
 * which stages run at the same time.
 */
final class StageSchedule {
  private final StageGraph graph;
  private final InProcessExecutor here;
  private final ProcessExecutor processes;
  private final Cancellation cancellation;
  private final List<Stage> waiting;
  private final Set<String> undone = new HashSet<>();
  private final List<BadInputException> failures = new ArrayList<>();
  private final Map<Stage, Boolean> due = new HashMap<>();

  /**
   * @param stages stages of the graph to run; the others count as done
   */
  StageSchedule(
      StageGraph graph,
      List<Stage> stages,
      InProcessExecutor here,
      ProcessExecutor processes,
      Cancellation cancellation) {
    this.graph = graph;
    this.here = here;
    this.processes = processes;
    this.cancellation = cancellation;
    this.waiting = new ArrayList<>(stages);
    stages.forEach(stage -> undone.add(stage.id()));
  }

  /**
   * Runs all stages.
   *
   * @throws StageFailed if a stage in a process of its own fails
   * @throws BadInputException if a stage in this process fails
   */
  void run() {
    try {
      while (!undone.isEmpty()) {
        startAll();
        if (processes.running() > 0) {
          undone.remove(processes.await().id());
        }
      }
      requireNoFailure();
    } catch (StageFailed e) {
      throw cancellation.requested() ? cancelled() : e;
    }
  }

  private void startAll() {
    for (Optional<Stage> next = next(); next.isPresent(); next = next()) {
      Stage stage = next.get();
      List<Stage> apart = ready().stream().filter(this::isApart).toList();
      boolean alone = processes.running() == 0 && ready().size() == 1;
      waiting.remove(stage);
      if (isApart(stage) && !alone) {
        if (cancellation.requested()) {
          throw cancelled();
        }
        processes.expect(processes.running() + apart.size());
        processes.start(stage);
      } else {
        runHere(stage);
      }
    }
  }

  private void runHere(Stage stage) {
    try {
      here.start(stage);
      here.await();
    } catch (BadInputException e) {
      if (!stage.othersContinue() || WriteFailure.isDiskFull(e)) {
        throw e;
      }
      stage.leftOut();
      here.leftOut(stage, e);
      failures.add(e);
    }
    undone.remove(stage.id());
  }

  private void requireNoFailure() {
    if (failures.isEmpty()) {
      return;
    }
    BadInputException first = failures.get(0);
    throw failures.size() == 1
        ? first
        : new BadInputException(
            "%d stages failed, and all others are done. The first failure: %s"
                .formatted(failures.size(), first.problem()),
            first.remedy(),
            first);
  }

  /**
   * The next stage to start. If the capacity is used up, a stage that has to be run waits; one that
   * is skipped does not.
   */
  private Optional<Stage> next() {
    boolean full = processes.running() >= processes.capacity();
    return ready().stream().filter(stage -> !full || !isDue(stage)).findFirst();
  }

  private List<Stage> ready() {
    return waiting.stream()
        .filter(
            stage ->
                graph.dependencies(stage).stream()
                    .noneMatch(needed -> undone.contains(needed.id())))
        .toList();
  }

  /** Whether a stage runs in a process of its own, if another one can run beside it. */
  private boolean isApart(Stage stage) {
    return processes.capacity() > 1 && stage.isTraining() && isDue(stage);
  }

  /** Whether a ready stage has to be run. The answer does not change until the stage has run. */
  private boolean isDue(Stage stage) {
    return processes.capacity() > 1 && due.computeIfAbsent(stage, here::isDue);
  }

  private static StageFailed cancelled() {
    return new StageFailed(
        new Failure(ExitCode.CANCELLED, "The build was cancelled.", "Run the same goal again."));
  }
}
