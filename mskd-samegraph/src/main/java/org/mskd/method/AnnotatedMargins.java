package org.mskd.method;

import java.util.Map;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts the annotations of a slot's data set in the place of teacher outputs: the teacher of an
 * annotated organ predicts it where the label has it, and nowhere else. Where the label has an
 * organ, no other teacher predicts its own. So the regions and the soft targets of MS-KD's logit
 * losses are right for what is annotated, and a teacher's errors on its own training scans are not
 * distilled. Features are compared in the regions where the teacher itself predicts its organ.
 */
final class AnnotatedMargins implements BatchExtension {
  /**
   * The logit difference over the temperature: a probability of 1 - 4.5e-5 at every temperature, as
   * that of pixels outside a slice.
   */
  private static final double CERTAIN = 10;

  private final float margin;
  private final LastArrays last = new LastArrays();

  /**
   * @param temperature that the loss divides logit differences by
   */
  AnnotatedMargins(double temperature) {
    this.margin = (float) (CERTAIN * temperature);
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    INDArray teachers = batch.get(TensorBatch.MARGINS);
    float[] margins = HostFloats.copy(teachers);
    replace(
        margins,
        HostFloats.copy(batch.get(TensorBatch.LABEL)),
        HostFloats.copy(batch.get(TensorBatch.ANNOTATED)),
        (int) teachers.size(0));
    return batch.with(Map.of(TensorBatch.MARGINS, last.replace(margins, teachers.shape())));
  }

  /**
   * @param margins {@code [batch][pixels][K]} flattened: organ logit minus background logit,
   *     replaced in place
   * @param classes {@code [batch][pixels]} flattened
   * @param annotated {@code [batch][K]} flattened
   */
  private void replace(float[] margins, float[] classes, float[] annotated, int slots) {
    int organs = annotated.length / slots;
    int area = classes.length / slots;
    for (int i = 0; i < classes.length; i++) {
      int slot = i / area * organs;
      for (int k = 0; k < organs; k++) {
        if (classes[i] == k + 1) {
          margins[i * organs + k] = margin;
        } else if (annotated[slot + k] != 0 || classes[i] != 0) {
          margins[i * organs + k] = -margin;
        }
      }
    }
  }

  @Override
  public void close() {
    last.close();
  }
}
