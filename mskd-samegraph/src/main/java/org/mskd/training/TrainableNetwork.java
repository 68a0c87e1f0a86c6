package org.mskd.training;

import org.mskd.graph.GraphSession;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A network with its loss: what the training loop steps through. */
public interface TrainableNetwork extends AutoCloseable {
  /** One forward and backward pass; the gradients stay in {@link #session} until the next one. */
  StepResult step(MultiDataSet batch);

  /** The session that holds the parameters and, after a step, their gradients. */
  GraphSession session();

  @Override
  void close();
}
