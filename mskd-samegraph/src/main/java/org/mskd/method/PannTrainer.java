package org.mskd.method;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mskd.graph.runtime.ArrayPool;
import org.mskd.model.Tensor;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.TrainableModel;
import org.mskd.training.Trainer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a network with the weights of a {@link PannSchedule}, and keeps the running mean of its
 * predictions, which is part of a checkpoint.
 */
final class PannTrainer implements Trainer {
  /** Name of the running mean in a checkpoint. */
  private static final String MEAN = "meanPrediction";

  private final GraphTrainer trainer;
  private final PannSchedule schedule;
  private final List<String> shareTerms;
  private final float[] mean;
  private final ArrayPool pool = new ArrayPool();

  /**
   * @param trainer of a graph with the schedule's inputs; closed with this
   */
  PannTrainer(TrainingContext context, GraphTrainer trainer, PannSchedule schedule) {
    this.trainer = trainer;
    this.schedule = schedule;
    this.shareTerms = schedule.hasPrior() ? SizePriorObjective.shareTerms(context) : List.of();
    this.mean = new float[shareTerms.size()];
  }

  @Override
  public StepResult step(TensorBatch batch) {
    Map<String, INDArray> more = new HashMap<>();
    schedule
        .at(batch.iteration())
        .forEach((name, value) -> more.put(name, pool.floats(new float[] {value.floatValue()}, 1)));
    if (schedule.hasPrior()) {
      more.put(SizePriorObjective.MEAN, pool.floats(mean, mean.length));
    }
    StepResult result = trainer.step(batch.with(more));
    more.values().forEach(pool::giveBack);
    for (int c = 0; c < mean.length; c++) {
      mean[c] = result.terms().get(shareTerms.get(c)).floatValue();
    }
    return result;
  }

  @Override
  public List<TrainableModel> models() {
    return trainer.models();
  }

  @Override
  public boolean changesLoss(int iteration) {
    return iteration == schedule.warmUp();
  }

  @Override
  public List<Tensor> state() {
    return schedule.hasPrior()
        ? List.of(new Tensor(MEAN, new long[] {mean.length}, mean.clone()))
        : List.of();
  }

  @Override
  public void restore(Map<String, Tensor> tensors) {
    if (schedule.hasPrior()) {
      System.arraycopy(tensors.get(MEAN).values(), 0, mean, 0, mean.length);
    }
  }

  @Override
  public void close() {
    trainer.close();
    pool.close();
  }
}
