package org.mskd.method;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Where a student's targets of a step come from. */
public interface TargetSource extends AutoCloseable {
  /**
   * The teachers' word on a batch.
   *
   * @param batch as the student's step gets it
   * @return margins {@code [batch, size, size, K]} FLOAT, then level by level of the features that
   *     are compared the index {@code [batch, size/2^l, size/2^l, K]} INT32 and rows {@code [R, C]}
   *     FLOAT (see {@link org.mskd.loss.TeacherTargets}). They stay the source's, and are valid
   *     until it is asked again
   */
  List<INDArray> of(MultiDataSet batch);

  @Override
  void close();
}
