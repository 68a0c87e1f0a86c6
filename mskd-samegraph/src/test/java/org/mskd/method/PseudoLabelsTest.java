package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PseudoLabelsTest {
  /** Three organs, one slice that annotates the second of them. */
  private static float[] completed(float annotation, float... margins) {
    float[] classes = {annotation};
    PseudoLabels.complete(classes, new float[] {0, 1, 0}, margins, 1);
    return classes;
  }

  @Test
  void anAnnotationIsKept() {
    assertArrayEquals(new float[] {2}, completed(2, 50, -50, 60));
  }

  @Test
  void anOrgansTeacherIsNotUsedWhereTheOrganIsAnnotated() {
    assertArrayEquals(new float[] {0}, completed(0, -1, 50, -1));
    assertArrayEquals(new float[] {3}, completed(0, -1, 50, 0.1f));
  }

  @Test
  void ofTwoOtherTeachersTheMoreProbableWins() {
    assertArrayEquals(new float[] {1}, completed(0, 3, -1, 2));
    assertArrayEquals(new float[] {3}, completed(0, 2, -1, 3));
    assertArrayEquals(new float[] {1}, completed(0, 2, -1, 2), "of equal ones the first");
  }

  @Test
  void aDifferenceOfZeroIsBackground() {
    assertArrayEquals(new float[] {0}, completed(0, 0, 0, -1));
  }

  /** Whatever teachers predict, what is annotated stays, and no more of that organ is added. */
  @Test
  void annotationsAreNeverOverwritten() {
    long seed = 20_261_128;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      int organs = 1 + random.nextInt(4);
      int slots = 1 + random.nextInt(3);
      int area = 16;
      float[] annotated = new float[slots * organs];
      float[] classes = new float[slots * area];
      float[] margins = new float[slots * area * organs];
      for (int i = 0; i < annotated.length; i++) {
        annotated[i] = random.nextInt(2);
      }
      for (int i = 0; i < classes.length; i++) {
        int organ = random.nextInt(organs);
        classes[i] = annotated[i / area * organs + organ] == 1 ? organ + 1 : 0;
      }
      for (int i = 0; i < margins.length; i++) {
        margins[i] = (float) random.nextDouble(-10, 10);
      }
      float[] completed = classes.clone();
      PseudoLabels.complete(completed, annotated, margins, slots);
      for (int i = 0; i < classes.length; i++) {
        String where = "seed " + seed + ", round " + round + ", pixel " + i;
        if (classes[i] != 0) {
          assertEquals(classes[i], completed[i], where);
        } else if (completed[i] != 0) {
          int organ = (int) completed[i] - 1;
          assertEquals(0, annotated[i / area * organs + organ], where);
          assertEquals(true, margins[i * organs + organ] > 0, where);
        }
      }
    }
  }

  @Test
  void theBatchGetsOneMoreTensor() {
    INDArray label = Nd4j.create(new float[] {1, 0}, new long[] {1, 1, 2}, 'c');
    TensorBatch batch =
        new TensorBatch(
            0,
            Map.of(
                TensorBatch.LABEL,
                label,
                TensorBatch.ANNOTATED,
                Nd4j.create(new float[] {1, 0}, new long[] {1, 2}, 'c'),
                TensorBatch.MARGINS,
                Nd4j.create(new float[] {-1, 5, -1, 5}, new long[] {1, 1, 2, 2}, 'c')),
            List.of("a"));
    try (PseudoLabels labels = new PseudoLabels()) {
      for (int step = 0; step < 2; step++) {
        TensorBatch extended = labels.extend(batch);
        assertArrayEquals(new float[] {1, 2}, HostFloats.copy(extended.get(PseudoLabels.CLASSES)));
        assertSame(label, extended.get(TensorBatch.LABEL));
        assertArrayEquals(new float[] {1, 0}, HostFloats.copy(label), "it stays the caller's");
      }
    }
  }
}
