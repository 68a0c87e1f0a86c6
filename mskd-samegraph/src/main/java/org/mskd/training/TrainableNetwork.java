package org.mskd.training;

import java.util.Optional;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A network with its loss: what the training loop steps through. */
public interface TrainableNetwork extends AutoCloseable {
  /** The elements of a declaration that hold the weights of its loss; empty where it has none. */
  default Optional<String> lossElements() {
    return Optional.empty();
  }

  /**
   * One forward and backward pass; the gradients stay in {@link #session} until the next one.
   *
   * @param batch stays the caller's
   */
  StepResult step(MultiDataSet batch);

  /** The session that holds the parameters and, after a step, their gradients. */
  GraphSession session();

  @Override
  void close();
}
