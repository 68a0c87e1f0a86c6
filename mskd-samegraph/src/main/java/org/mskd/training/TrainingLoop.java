package org.mskd.training;

import java.util.Map;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;

/** Steps a network through its batches: pass, check, Adam, schedule, history. */
public final class TrainingLoop {
  /** Weight of the past in the moving average that is shown, nnU-Net v1's. */
  private static final double MOMENTUM = 0.93;

  private final Training settings;
  private final History history;
  private final TrainingListener listener;

  public TrainingLoop(Training settings, History history, TrainingListener listener) {
    this.settings = settings;
    this.history = history;
    this.listener = listener;
  }

  /**
   * Trains for {@link Training#iterations} steps.
   *
   * @param name the stage's name, for messages
   * @throws BadInputException if a loss is not finite
   */
  public void train(String name, TrainableNetwork network, PrefetchedBatches batches) {
    AdamOptimizer optimizer = new AdamOptimizer(network.session());
    PlateauSchedule schedule =
        new PlateauSchedule(
            settings.learningRate(), settings.plateauFactor(), settings.plateauThreshold());
    double average = Double.NaN;
    double epochSum = 0;
    for (int iteration = 0; iteration < settings.iterations(); iteration++) {
      StepResult result = network.step(batches.next());
      requireFinite(name, iteration, result);
      optimizer.step(schedule.rate());
      history.add(iteration, schedule.rate(), result);
      epochSum += result.loss();
      if ((iteration + 1) % settings.iterationsPerEpoch() == 0) {
        schedule.endEpoch(epochSum / settings.iterationsPerEpoch());
        epochSum = 0;
      }
      average =
          iteration == 0 ? result.loss() : MOMENTUM * average + (1 - MOMENTUM) * result.loss();
      listener.step(iteration + 1, settings.iterations(), average);
    }
  }

  private static void requireFinite(String name, int iteration, StepResult result) {
    if (Double.isFinite(result.loss())) {
      return;
    }
    String terms =
        result.terms().entrySet().stream()
            .filter(term -> !Double.isFinite(term.getValue()))
            .map(Map.Entry::getKey)
            .toList()
            .toString();
    throw new BadInputException(
        "The loss of "
            + name
            + " is not finite at iteration "
            + iteration
            + " (terms "
            + terms
            + ").",
        "Lower <learningRate>, and look at history.jsonl to see where it began.");
  }
}
