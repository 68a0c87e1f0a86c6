package org.mskd.benchmark.ours;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Resident;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.measure.Timing;
import org.mskd.experiment.Training;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.training.BatchSource;
import org.mskd.training.History;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.Trainer;
import org.mskd.training.TrainingListener;
import org.mskd.training.TrainingLoop;

/**
 * The library's own training loop, watched from step to step: a step lasts from the end of the one
 * before to its own end, so waiting for its batch, checks, Adam and history count.
 *
 * @param warmup steps not timed
 * @param steps timed steps
 * @param measured steps after them, with the time of each operation
 * @param flat steps in all over which resident memory is watched; 0 for no watch
 */
record TimedTraining(int warmup, int steps, int measured, int flat) {
  /** After so many steps every pool is filled and every page of the stores was touched. */
  private static final int SETTLED = 50;

  /** Those that the arguments ask for. */
  static TimedTraining of(Arguments asked) {
    return new TimedTraining(
        asked.integer("warmup"),
        asked.integer("steps"),
        asked.integer("measured"),
        asked.integer("flat"));
  }

  /**
   * Trains.
   *
   * @param settings of the training, but for its length
   */
  void run(Training settings, Trainer network, BatchSource batches, Path folder, Results results) {
    int iterations = Math.max(warmup + steps + measured, flat);
    Training training = settings.toBuilder().iterationsPerEpoch(iterations).epochs(1).build();
    Watch watch = new Watch(network);
    try (History history = History.open(folder.resolve("history.jsonl"));
        PrefetchedBatches ahead = new PrefetchedBatches(batches, iterations)) {
      watch.start();
      new TrainingLoop(training, history, watch).train("benchmark", network, ahead);
      history.finish();
      results.put("waitedShare", ahead.secondsWaited() * 1e3 / watch.total());
      results.put("waitedMsAStep", ahead.secondsWaited() * 1e3 / iterations);
    }
    watch.into(results);
  }

  /** Times the steps, and measures operations in those that are only for that. */
  private final class Watch implements TrainingListener {
    private final Trainer network;
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<Double> resident = new ArrayList<>();
    private long last;
    private OperationTimes operations;

    Watch(Trainer network) {
      this.network = network;
    }

    private GraphSession session() {
      return network.models().get(0).session();
    }

    void start() {
      last = System.nanoTime();
    }

    double total() {
      return milliseconds.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public void step(int iteration, int iterations, double loss) {
      milliseconds.add((System.nanoTime() - last) * 1e-6);
      if (iteration >= SETTLED && flat > 0) {
        Resident.now().ifPresent(resident::add);
      }
      if (measured > 0 && iteration == warmup + steps) {
        session().measure(true);
      }
      if (measured > 0 && iteration == warmup + steps + measured) {
        operations =
            OperationTimes.of(
                session(), new Timing(milliseconds.subList(warmup + steps, iteration)));
        session().measure(false);
      }
      last = System.nanoTime();
    }

    void into(Results results) {
      new Timing(milliseconds.subList(warmup, warmup + steps)).into(results, "step");
      if (operations != null) {
        operations.into(results);
      }
      if (!resident.isEmpty()) {
        results.put("resident.settledMiB", resident.get(0));
        results.put(
            "resident.largestMiB",
            resident.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
        results.put("resident.steps", milliseconds.size());
      }
    }
  }
}
