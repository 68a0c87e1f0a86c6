package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

class PrototypeLossTest {
  private static final double CONTRAST = 0.3;
  private static final double DISTANCE = 0.7;
  private static final List<String> LEARNT = List.of("v", "scaleE", "shiftE", "scaleS", "shiftS");

  private record Found(double loss, float[] terms, float[] sums, List<float[]> gradients) {
    static Found of(ReferencePrototypes given, float active) {
      int pixels = given.y.length;
      long[][] shapes = {
        {1, 1, pixels, given.channels},
        {given.channels},
        {given.channels},
        {given.classes},
        {given.classes}
      };
      SameDiff graph = SameDiff.create();
      List<SDVariable> learnt = new ArrayList<>();
      for (int i = 0; i < shapes.length; i++) {
        learnt.add(graph.var(LEARNT.get(i), Nd4j.create(floats(given.learnt[i]), shapes[i], 'c')));
      }
      long[] of = {2, given.classes, given.prototypes, given.channels};
      PrototypeLoss loss =
          PrototypeLoss.of(
              graph,
              new PrototypeLoss.Inputs(
                  learnt.get(0),
                  learnt.subList(1, 5),
                  graph.placeHolder("p", DataType.FLOAT, of),
                  graph.placeHolder("y", DataType.FLOAT, 1, 1, pixels),
                  graph.placeHolder("labelled", DataType.FLOAT, 1, 1, pixels),
                  graph.placeHolder("active", DataType.FLOAT, 1)),
              CONTRAST,
              DISTANCE);
      // A factor shows whether the gradients are multiplied by the one that flows in.
      String total = loss.total().mul(2).rename("loss").name();
      List<String> wanted = List.of(total, loss.terms().name(), loss.sums().name());
      float[] y = new float[pixels];
      float[] labelled = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        y[i] = given.y[i];
        labelled[i] = given.labelled[i] ? 1 : given.y[i] < 0 ? -1 : 0;
      }
      Map<String, INDArray> inputs = new HashMap<>();
      inputs.put("p", Nd4j.create(floats(given.vectors), of, 'c'));
      inputs.put("y", Nd4j.create(y, new long[] {1, 1, pixels}, 'c'));
      inputs.put("labelled", Nd4j.create(labelled, new long[] {1, 1, pixels}, 'c'));
      inputs.put("active", Nd4j.create(new float[] {active}, new long[] {1}, 'c'));
      try (GraphSession session = GraphSession.forTraining(graph, total, wanted)) {
        var values = session.run(inputs);
        return new Found(
            values.get(total).getDouble(0) / 2,
            HostFloats.copy(values.get(wanted.get(1))),
            HostFloats.copy(values.get(wanted.get(2))),
            LEARNT.stream().map(name -> HostFloats.copy(session.gradient(name))).toList());
      }
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Rounded to floats, so that the reference has the same numbers. */
  private static double[] random(SplittableRandom random, int count, double low, double high) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(low, high);
    }
    return values;
  }

  private static ReferencePrototypes given(
      SplittableRandom random, int pixels, int classes, int prototypes, int channels) {
    double[][] learnt = {
      random(random, pixels * channels, -2, 2),
      random(random, channels, 0.5, 1.5),
      random(random, channels, -0.5, 0.5),
      random(random, classes, 0.5, 2),
      random(random, classes, -0.5, 0.5)
    };
    double[] vectors = random(random, 2 * classes * prototypes * channels, -1, 1);
    for (int at = 0; at < vectors.length; at += channels) {
      double length = 0;
      for (int d = at; d < at + channels; d++) {
        length += vectors[d] * vectors[d];
      }
      for (int d = at; d < at + channels; d++) {
        vectors[d] = (float) (vectors[d] / Math.sqrt(length));
      }
    }
    int[] y = new int[pixels];
    boolean[] labelled = new boolean[pixels];
    for (int i = 0; i < pixels; i++) {
      y[i] = i < pixels / 4 ? -1 : random.nextInt(classes);
      labelled[i] = y[i] > 0 && random.nextInt(3) == 0;
    }
    return new ReferencePrototypes(classes, prototypes, channels, learnt, vectors, y, labelled);
  }

  private static double total(double[] terms) {
    double total = 0;
    for (int kind = 0; kind < 2; kind++) {
      total += terms[3 * kind] + CONTRAST * terms[3 * kind + 1] + DISTANCE * terms[3 * kind + 2];
    }
    return total;
  }

  /**
   * Two channels: normalised, (1, 0) is (1, -1), of length 1 e = (1, -1)/√2. One prototype a class:
   * for labelled pixels of the background (-1, 1)/√2, of the organ (1, -1)/√2; so the cosines are
   * -1 and 1, the scores those numbers again. One labelled pixel of the organ. Unlabelled
   * prototypes are the other way round, and no pixel is of their kind.
   */
  @Test
  void worksByHand() {
    double r = (float) Math.sqrt(0.5);
    ReferencePrototypes given =
        new ReferencePrototypes(
            2,
            1,
            2,
            new double[][] {{1, 0}, {1, 1}, {0, 0}, {1, 1}, {0, 0}},
            new double[] {-r, r, r, -r, r, -r, -r, r},
            new int[] {1},
            new boolean[] {true});
    Found found = Found.of(given, 1);
    double right = Math.log(1 + Math.exp(-2));
    assertEquals(right, found.terms[0], 1e-4);
    assertEquals(right, found.terms[1], 1e-4);
    assertEquals(0, found.terms[2], 1e-4);
    assertEquals(2 + right, found.terms[3], 1e-4);
    assertEquals(0, found.terms[4]);
    assertEquals(0, found.terms[5]);
    assertEquals(2 * right + 2 + CONTRAST * right, found.loss, 1e-4);
    for (int i = 0; i < 8; i++) {
      assertEquals(i == 2 ? r : i == 3 ? -r : 0, found.sums[i], 1e-6, "sum " + i);
    }
  }

  @Test
  void isNothingWhereItIsNotActive() {
    Found found = Found.of(given(new SplittableRandom(4), 40, 3, 2, 5), 0);
    assertEquals(0, found.loss);
    for (float[] gradient : found.gradients) {
      for (float slope : gradient) {
        assertEquals(0, slope);
      }
    }
  }

  @Test
  void withoutAnyPixelItIsZeroAndNotNaN() {
    ReferencePrototypes given = given(new SplittableRandom(4), 40, 3, 2, 5);
    Arrays.fill(given.y, -1);
    Found found = Found.of(given, 1);
    assertEquals(0, found.loss);
    for (float slope : found.gradients.get(0)) {
      assertEquals(0, slope);
    }
  }

  @Test
  void agreesWithItsDefinitionAndFiniteDifferences() {
    long seed = Long.getLong("mskd.test.seed", 20240906);
    SplittableRandom random = new SplittableRandom(seed);
    ReferencePrototypes given = given(random, 2300, 3, 4, 6);
    Found found = Found.of(given, 1);
    int[][] assignments = {given.assignment(0), given.assignment(1)};
    double[] terms = given.terms(assignments);
    for (int i = 0; i < terms.length; i++) {
      assertEquals(terms[i], found.terms[i], 1e-5, "seed " + seed + ", term " + i);
    }
    assertEquals(total(terms), found.loss, 1e-5, "seed " + seed);
    double[] sums = given.sums(assignments);
    for (int i = 0; i < sums.length; i++) {
      assertEquals(sums[i], found.sums[i], 1e-3, "seed " + seed + ", sum " + i);
    }
    for (int input = 0; input < 5; input++) {
      double[] values = given.learnt[input];
      double largest = 0;
      for (int round = 0; round < 6; round++) {
        int at =
            input == 0
                ? random.nextInt(values.length / 4, values.length)
                : random.nextInt(values.length);
        double before = values[at];
        double step = 1e-5;
        values[at] = before + step;
        double up = total(given.terms(assignments));
        values[at] = before - step;
        double down = total(given.terms(assignments));
        values[at] = before;
        double slope = 2 * (up - down) / (2 * step);
        largest = Math.max(largest, Math.abs(slope));
        assertEquals(
            slope,
            found.gradients.get(input)[at],
            1e-4 * Math.abs(slope) + 2e-8 + (input == 0 ? 0 : 1e-6),
            "seed " + seed + ", " + LEARNT.get(input) + " " + at);
      }
      assertTrue(largest > 1e-5, LEARNT.get(input) + ": nothing compared");
    }
    for (int i = 0; i < given.learnt[0].length / 4; i++) {
      assertEquals(0, found.gradients.get(0)[i], "a pixel that does not count");
    }
  }

  /**
   * Both pixels of the class are nearest to the first of two prototypes, the first one by 0.1, the
   * second by 0.25. Equal shares give the other prototype to the first pixel: a_1/a_0 is at first
   * (e^18 + e^17)/(e^16 + e^12) = 1.34 e^2, more than its e^(0.1/0.05).
   */
  @Test
  void prototypesGetEqualSharesOfAClass() {
    PrototypeShape shape = new PrototypeShape(2, 2, 1);
    float[] ones = {1, 1};
    PrototypeScores scores = new PrototypeScores(shape, new float[4], 0, ones, ones);
    int run = 3;
    float[][] cosines = {{0.3f, 0.9f, 0.3f}, {0.2f, 0.8f, 0.4f}, {0.9f, 0, 0.85f}, {0.8f, 0, 0.6f}};
    for (int p = 0; p < cosines.length; p++) {
      System.arraycopy(cosines[p], 0, scores.cosines, p * run, run);
    }
    PrototypeAssignment assignment = new PrototypeAssignment(shape, new byte[] {1, -1, 1});
    assignment.add(0, run, scores);
    assignment.balance();
    int[] found = new int[run];
    assignment.prototypes(0, run, found);
    assertArrayEquals(new int[] {3, -1, 2}, found);
  }
}
