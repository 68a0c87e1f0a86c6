package org.mskd.method;

import java.util.Map;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Completes the annotations of a batch by the teachers' hard predictions. The class of a pixel is
 *
 * <ol>
 *   <li>the annotated organ, where the slot's data set annotates one there;
 *   <li>else, of the organs that the data set does not annotate and whose teacher predicts them
 *       (logit difference above 0), the one with the highest probability; of equal ones the first;
 *   <li>else background. A teacher's prediction of an organ that the data set does annotate is not
 *       used: the annotation excludes the organ there.
 * </ol>
 */
final class PseudoLabels implements BatchExtension {
  /** Name of the tensor that is added, {@code [batch, size, size]}. */
  static final String CLASSES = "pseudoLabel";

  private final LastArrays last = new LastArrays();

  @Override
  public TensorBatch extend(TensorBatch batch) {
    INDArray label = batch.get(TensorBatch.LABEL);
    float[] classes = HostFloats.copy(label);
    complete(
        classes,
        HostFloats.copy(batch.get(TensorBatch.ANNOTATED)),
        HostFloats.copy(batch.get(TensorBatch.MARGINS)),
        (int) label.size(0));
    return batch.with(Map.of(CLASSES, last.replace(classes, label.shape())));
  }

  /**
   * @param classes {@code [batch][pixels]} flattened: annotations, completed in place
   * @param annotated {@code [batch][K]} flattened
   * @param margins {@code [batch][pixels][K]} flattened: organ logit minus background logit, which
   *     orders pixels as the probability does
   */
  static void complete(float[] classes, float[] annotated, float[] margins, int slots) {
    int organs = annotated.length / slots;
    int area = classes.length / slots;
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] == 0) {
        classes[i] = predicted(annotated, i / area * organs, margins, i * organs, organs);
      }
    }
  }

  private static int predicted(
      float[] annotated, int slot, float[] margins, int pixel, int organs) {
    int best = 0;
    float highest = 0;
    for (int k = 0; k < organs; k++) {
      if (annotated[slot + k] == 0 && margins[pixel + k] > highest) {
        highest = margins[pixel + k];
        best = k + 1;
      }
    }
    return best;
  }

  @Override
  public void close() {
    last.close();
  }
}
