package org.mskd.method;

import java.util.Map;
import org.mskd.loss.MergedTeachers;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds the probabilities of the {@link MergedTeachers} to a batch with the teachers' margins. */
final class MergedTeacherTargets implements BatchExtension {
  /** Name of the tensor that is added, {@code [batch, size, size, K+1]}. */
  static final String PROBABILITIES = "mergedTeachers";

  private final double temperature;
  private final LastArrays last = new LastArrays();

  /**
   * @param temperature T of the probabilities, above 0
   */
  MergedTeacherTargets(double temperature) {
    this.temperature = temperature;
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    INDArray margins = batch.get(TensorBatch.MARGINS);
    last.clear();
    INDArray merged =
        last.take(margins.size(0), margins.size(1), margins.size(2), margins.size(3) + 1);
    MergedTeachers.of(margins, temperature, merged);
    return batch.with(Map.of(PROBABILITIES, merged));
  }

  @Override
  public void close() {
    last.close();
  }
}
