package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OwnPseudoLabelLossTest {
  private static final int CHANNELS = 4;
  private static final int AREA = 700; // more than one run
  private static final float[] ANNOTATED = {0, 1, 0, 0, 0, 0, 1, 1, 1};
  private static final int SLICES = 3;

  private static float[] completed(float[] z, float[] y, float[] annotated, int slices) {
    INDArray classes = Nd4j.create(y, new long[] {slices, 1, y.length / slices}, 'c');
    INDArray organs = Nd4j.create(annotated, new long[] {slices, annotated.length / slices}, 'c');
    return OwnPseudoLabelOp.complete(
        HostFloats.read(Nd4j.create(z, new long[] {z.length}, 'c')),
        Annotations.of(classes, organs, z.length / y.length));
  }

  /** Two organs, the first annotated: it cannot be predicted where it is not annotated. */
  @Test
  void completesByHand() {
    float[] z = {1, 9, 2, 1, 9, 0, 0, 0, 5, 3, 4, 3};
    float[] expected = {2, 0, 1, 0};
    assertArrayEquals(expected, completed(z, new float[] {0, 0, 1, 0}, new float[] {1, 0}, 1));
    // Nothing annotated: the largest of all.
    assertArrayEquals(new float[] {1, 1, 2, 1}, completed(z, new float[4], new float[] {0, 0}, 1));
    // Everything annotated: the labels.
    float[] labels = {0, 2, 1, 0};
    assertArrayEquals(labels, completed(z, labels, new float[] {1, 1}, 1));
  }

  @Test
  void ofEqualLogitsTheFirst() {
    assertArrayEquals(
        new float[] {0, 1},
        completed(new float[] {1, 1, 1, 0, 1, 1}, new float[2], new float[2], 1));
  }

  private record Case(float[] z, float[] y) {
    static Case random(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] z = new float[SLICES * AREA * CHANNELS];
      float[] y = new float[SLICES * AREA];
      for (int i = 0; i < z.length; i++) {
        z[i] = (float) random.nextDouble(-3, 3);
      }
      for (int i = 0; i < y.length; i++) {
        int organ = random.nextInt(CHANNELS);
        y[i] = organ > 0 && ANNOTATED[i / AREA * 3 + organ - 1] == 1 ? organ : 0;
      }
      return new Case(z, y);
    }

    /** The class that each pixel should have. */
    float[] expected() {
      float[] expected = y.clone();
      for (int i = 0; i < y.length; i++) {
        double highest = z[i * CHANNELS];
        for (int c = 1; c < CHANNELS && y[i] == 0; c++) {
          if (ANNOTATED[i / AREA * 3 + c - 1] == 0 && z[i * CHANNELS + c] > highest) {
            highest = z[i * CHANNELS + c];
            expected[i] = c;
          }
        }
      }
      return expected;
    }
  }

  @Test
  void neverOverridesAnAnnotation() {
    long seed = 4;
    Case in = Case.random(seed);
    float[] found = completed(in.z, in.y, ANNOTATED, SLICES);
    boolean completes = false;
    for (int i = 0; i < found.length; i++) {
      String where = "seed " + seed + ", pixel " + i;
      if (in.y[i] != 0) {
        assertEquals(in.y[i], found[i], where);
      } else if (found[i] != 0) {
        assertEquals(0, ANNOTATED[i / AREA * 3 + (int) found[i] - 1], where);
        completes = true;
      }
    }
    assertTrue(completes);
    assertArrayEquals(in.expected(), found, "seed " + seed);
  }

  /** Value and gradient are those of the same classes, given as constants. */
  @Test
  void isDiceAndCrossEntropyOnConstantClasses() {
    Case in = Case.random(5);
    long[] place = {SLICES, 1, AREA};
    double[][] terms = new double[2][];
    float[][] gradients = new float[2][];
    for (int given = 0; given < 2; given++) {
      SameDiff graph = SameDiff.create();
      SDVariable z = graph.var("z", Nd4j.create(in.z, new long[] {SLICES, 1, AREA, CHANNELS}, 'c'));
      SDVariable y = graph.placeHolder("y", DataType.FLOAT, place);
      SDVariable annotated = graph.placeHolder("a", DataType.FLOAT, SLICES, 3);
      SDVariable total;
      SDVariable wanted;
      if (given == 1) {
        DiceCrossEntropyLoss loss = DiceCrossEntropyLoss.of(graph, z, y);
        total = loss.total();
        wanted = loss.terms();
      } else {
        OwnPseudoLabelLoss loss = OwnPseudoLabelLoss.of(graph, z, y, annotated);
        total = loss.total();
        wanted = loss.terms();
      }
      try (GraphSession session =
          GraphSession.forTraining(graph, total.name(), List.of(total.name(), wanted.name()))) {
        float[] classes = given == 1 ? in.expected() : in.y;
        terms[given] =
            session
                .run(
                    Map.of(
                        "y", Nd4j.create(classes, place, 'c'),
                        "a", Nd4j.create(ANNOTATED, new long[] {SLICES, 3}, 'c')))
                .get(wanted.name())
                .toDoubleVector();
        gradients[given] = HostFloats.copy(session.gradient("z"));
      }
    }
    assertArrayEquals(terms[1], terms[0], 0);
    assertArrayEquals(gradients[1], gradients[0], 0);
  }
}
