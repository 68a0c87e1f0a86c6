package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.code.ResultNeutral;
import org.mskd.evaluation.TimingsFile;

/** Measures the mean duration of the steps that this process makes of a training. */
@ResultNeutral
final class StepClock {
  private final int steps;
  private final long start = System.nanoTime();
  private double secondsPerStep;

  private StepClock(int steps) {
    this.steps = steps;
  }

  /**
   * Starts.
   *
   * @param first iteration that this process makes
   * @param iterations of the whole training
   */
  static StepClock start(int first, int iterations) {
    return new StepClock(iterations - first);
  }

  /**
   * Stops.
   *
   * @param scoring seconds in which the network was scored on held-out subjects: no part of a step
   */
  void stop(double scoring) {
    double seconds = (System.nanoTime() - start) * 1e-9 - scoring;
    secondsPerStep = seconds / Math.max(1, steps);
  }

  /** Writes the file, without a time where a checkpoint held the last step. */
  void write(Path folder, String model) {
    Map<String, Double> times = steps > 0 ? Map.of(TimingsFile.TRAINING, secondsPerStep) : Map.of();
    TimingsFile.write(folder.resolve(TimingsFile.NAME), new TreeMap<>(Map.of(model, times)));
  }
}
