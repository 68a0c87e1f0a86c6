package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AnnotatedMarginsTest {
  private static INDArray array(float[] values, long... shape) {
    return Nd4j.createFromArray(values).reshape(shape);
  }

  /** Two slots of two pixels, two organs: the first slot annotates organ 1, the second organ 2. */
  private static TensorBatch batch(float[] margins) {
    return new TensorBatch(
        0,
        Map.of(
            TensorBatch.IMAGE, array(new float[4], 2, 1, 2, 1),
            TensorBatch.LABEL, array(new float[] {1, 0, 0, 2}, 2, 1, 2),
            TensorBatch.ANNOTATED, array(new float[] {1, 0, 0, 1}, 2, 2),
            TensorBatch.MARGINS, array(margins, 2, 1, 2, 2)),
        List.of("a", "b"));
  }

  @Test
  void annotationsReplaceTheOwnTeacherAndExcludeTheOthersInTheOrgan() {
    float[] teachers = {-3, 4, 5, 6, 7, 8, 1, 2};
    try (AnnotatedMargins annotated = new AnnotatedMargins(2)) {
      for (int step = 0; step < 2; step++) {
        TensorBatch given = batch(teachers);
        TensorBatch extended = annotated.extend(given);
        assertArrayEquals(
            new float[] {
              20, -20, // organ 1 by label: the second teacher is not right
              -20, 6, // not organ 1; the second teacher is kept
              7, -20, // not organ 2; the first teacher is kept
              -20, 20
            },
            HostFloats.copy(extended.get(TensorBatch.MARGINS)));
        assertSame(given.get(TensorBatch.LABEL), extended.get(TensorBatch.LABEL));
        assertArrayEquals(teachers, HostFloats.copy(given.get(TensorBatch.MARGINS)));
      }
    }
  }

  @Test
  void slotsWithoutAnnotationsKeepTheirTeachers() {
    float[] teachers = {-3, 4, 5, 6, 7, 8, 1, 2};
    TensorBatch unlabelled =
        batch(teachers)
            .with(
                Map.of(
                    TensorBatch.LABEL, array(new float[4], 2, 1, 2),
                    TensorBatch.ANNOTATED, array(new float[4], 2, 2)));
    try (AnnotatedMargins annotated = new AnnotatedMargins(1)) {
      assertArrayEquals(
          teachers, HostFloats.copy(annotated.extend(unlabelled).get(TensorBatch.MARGINS)));
    }
  }
}
