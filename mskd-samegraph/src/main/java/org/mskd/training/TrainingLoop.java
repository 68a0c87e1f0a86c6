package org.mskd.training;

import org.mskd.experiment.Training;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Steps a network through its batches: pass, check, Adam, schedule, history. */
public final class TrainingLoop {
  /** Weight of the past in the moving average that is shown. */
  private static final double MOMENTUM = PlateauSchedule.MOMENTUM;

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
   * @throws org.mskd.problem.BadInputException if a loss, a gradient, or a parameter at the end, is
   *     not finite
   */
  public void train(String name, TrainableNetwork network, PrefetchedBatches batches) {
    FiniteChecks checks = new FiniteChecks(name, network.lossElements(), history);
    AdamOptimizer optimizer = new AdamOptimizer(network.session(), settings.adam());
    PlateauSchedule schedule = new PlateauSchedule(settings.learningRate(), settings.plateau());
    double average = Double.NaN;
    double epochSum = 0;
    for (int iteration = 0; iteration < settings.iterations(); iteration++) {
      MultiDataSet batch = batches.next();
      StepResult result = network.step(batch);
      checks.loss(iteration, result, batch.getExampleMetaData());
      double norm = optimizer.step(schedule.rate());
      checks.gradients(iteration, norm, network.session(), batch.getExampleMetaData());
      batches.giveBack(batch);
      history.add(iteration, schedule.rate(), norm, result);
      epochSum += result.loss();
      if ((iteration + 1) % settings.iterationsPerEpoch() == 0) {
        schedule.endEpoch(epochSum / settings.iterationsPerEpoch());
        epochSum = 0;
      }
      average =
          iteration == 0 ? result.loss() : MOMENTUM * average + (1 - MOMENTUM) * result.loss();
      listener.step(iteration + 1, settings.iterations(), average);
    }
    checks.parameters(network.session());
  }
}
