package org.mskd.training;

import java.util.List;
import java.util.Map;
import org.mskd.model.Tensor;

/**
 * What a training method does with batches: the training loop calls it, updates the parameters of
 * its models by the optimizer, and keeps their state in checkpoints.
 */
public interface Trainer extends AutoCloseable {
  /**
   * One forward and backward pass; the gradients stay in the models' sessions until the next one.
   *
   * @param batch stays the caller's
   */
  StepResult step(TensorBatch batch);

  /** The networks that are trained, at least one; the same in each call. */
  List<TrainableModel> models();

  /**
   * Called when the parameters have been updated, such as for moving averages of them.
   *
   * @param iteration from 0
   */
  default void afterUpdate(int iteration) {}

  /**
   * Whether the loss from this iteration on is another one than before, so that its values cannot
   * be compared: the schedule of the learning rate then forgets the earlier ones.
   *
   * @param iteration from 1
   */
  default boolean changesLoss(int iteration) {
    return false;
  }

  /**
   * The tensors that a checkpoint must hold in addition to parameters and the optimizers' moments;
   * valid until the next step.
   */
  default List<Tensor> state() {
    return List.of();
  }

  /**
   * Resumes from a checkpoint; the models' parameters are restored already.
   *
   * @param tensors by name; those of {@link #state} are among them, in the same shapes
   */
  default void restore(Map<String, Tensor> tensors) {}

  /**
   * Whether {@link #weights} are a moving average, or otherwise not those of the first of the
   * {@link #models}: then the setting {@code weightAverage} does not apply.
   */
  default boolean averagesWeights() {
    return false;
  }

  /**
   * The weights that a model would have if the training ended now: those of the first of the {@link
   * #models} by default.
   */
  default List<Tensor> weights() {
    return NetworkWeights.of(models().get(0).session());
  }

  @Override
  void close();
}
