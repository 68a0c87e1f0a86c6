package org.mskd.method;

import java.util.List;
import java.util.Map;
import org.mskd.model.Tensor;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.TrainableModel;
import org.mskd.training.Trainer;

/**
 * A trainer whose batches are extended first, such as by the outputs of teachers that run in each
 * step.
 *
 * @param trainer closed with this
 * @param extension closed with this
 */
public record ExtendedTrainer(Trainer trainer, BatchExtension extension) implements Trainer {
  @Override
  public StepResult step(TensorBatch batch) {
    return trainer.step(extension.extend(batch));
  }

  @Override
  public List<TrainableModel> models() {
    return trainer.models();
  }

  @Override
  public void afterUpdate(int iteration) {
    trainer.afterUpdate(iteration);
  }

  @Override
  public boolean changesLoss(int iteration) {
    return trainer.changesLoss(iteration);
  }

  @Override
  public List<Tensor> state() {
    return trainer.state();
  }

  @Override
  public void restore(Map<String, Tensor> tensors) {
    trainer.restore(tensors);
  }

  @Override
  public boolean averagesWeights() {
    return trainer.averagesWeights();
  }

  @Override
  public List<Tensor> weights() {
    return trainer.weights();
  }

  @Override
  public void close() {
    trainer.close();
    extension.close();
  }
}
