package org.mskd.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trainer whose trained model is an exponential moving average of the weights. The network itself
 * is trained as without it: losses and gradients have the same bits.
 */
public final class AveragedTrainer implements Trainer {
  private static final String PREFIX = "weightAverage/";

  private final Trainer trainer;
  private final AverageDecay decay;
  private final Map<String, INDArray> arrays = new TreeMap<>();
  private final ParameterAverage average;

  private AveragedTrainer(Trainer trainer, AverageDecay decay) {
    this.trainer = trainer;
    this.decay = decay;
    GraphSession session = trainer.models().get(0).session();
    for (Tensor weight : trainer.weights()) {
      arrays.put(weight.name(), session.parameter(weight.name()).dup('c'));
    }
    this.average = new ParameterAverage(session, arrays);
  }

  /**
   * Averages the weights of a trainer, if they are not an average already.
   *
   * @param trainer closed with what is returned, also where this fails
   * @param decay α of an {@link AverageDecay} that warms up; 0 for no average
   */
  public static Trainer of(Trainer trainer, double decay) {
    if (decay == 0 || trainer.averagesWeights()) {
      return trainer;
    }
    try {
      return new AveragedTrainer(trainer, new AverageDecay(decay, true));
    } catch (RuntimeException | Error e) {
      trainer.close();
      throw e;
    }
  }

  @Override
  public StepResult step(TensorBatch batch) {
    return trainer.step(batch);
  }

  @Override
  public List<TrainableModel> models() {
    return trainer.models();
  }

  @Override
  public void afterUpdate(int iteration) {
    trainer.afterUpdate(iteration);
    average.update(decay.at(iteration));
  }

  @Override
  public boolean changesLoss(int iteration) {
    return trainer.changesLoss(iteration);
  }

  @Override
  public List<Tensor> state() {
    List<Tensor> tensors = new ArrayList<>(trainer.state());
    tensors.addAll(average.state(PREFIX));
    return tensors;
  }

  @Override
  public void restore(Map<String, Tensor> tensors) {
    trainer.restore(tensors);
    average.restore(PREFIX, tensors);
  }

  @Override
  public boolean averagesWeights() {
    return true;
  }

  @Override
  public List<Tensor> weights() {
    return average.weights();
  }

  @Override
  public void close() {
    trainer.close();
    arrays.values().forEach(INDArray::close);
  }
}
