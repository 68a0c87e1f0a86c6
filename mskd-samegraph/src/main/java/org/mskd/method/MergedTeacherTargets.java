package org.mskd.method;

import java.util.Map;
import org.mskd.graph.runtime.ArrayPool;
import org.mskd.loss.MergedTeachers;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds the probabilities of the {@link MergedTeachers} to a batch with the teachers' margins. */
final class MergedTeacherTargets implements BatchExtension {
  /** Name of the tensor that is added, {@code [batch, size, size, K+1]}. */
  static final String PROBABILITIES = "mergedTeachers";

  private final double temperature;
  private final ArrayPool pool = new ArrayPool();
  private INDArray last;

  /**
   * @param temperature T of the probabilities, above 0
   */
  MergedTeacherTargets(double temperature) {
    this.temperature = temperature;
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    giveBack();
    last = MergedTeachers.of(batch.get(TensorBatch.MARGINS), temperature, pool);
    return batch.with(Map.of(PROBABILITIES, last));
  }

  private void giveBack() {
    if (last != null) {
      pool.giveBack(last);
      last = null;
    }
  }

  @Override
  public void close() {
    giveBack();
    pool.close();
  }
}
