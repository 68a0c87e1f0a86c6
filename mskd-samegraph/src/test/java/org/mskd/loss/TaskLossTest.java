package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

class TaskLossTest {
  private static final int ORGANS = 3;

  private record Found(double loss, float[] terms, float[] gradient) {
    /**
     * @param tasks the organ 1..K of each slice, or 0
     */
    static Found of(float[] z, float[] y, int... tasks) {
      int slices = tasks.length;
      int width = z.length / slices;
      float[] oneHot = new float[slices * ORGANS];
      for (int slice = 0; slice < slices; slice++) {
        if (tasks[slice] > 0) {
          oneHot[slice * ORGANS + tasks[slice] - 1] = 1;
        }
      }
      SameDiff graph = SameDiff.create();
      SDVariable logits = graph.var("z", Nd4j.createFromArray(z).reshape(slices, 1, width, 1));
      SDVariable classes = graph.placeHolder("y", DataType.FLOAT, slices, 1, width);
      SDVariable given = graph.placeHolder("t", DataType.FLOAT, slices, 1, ORGANS);
      TaskLoss loss = TaskLoss.of(graph, logits, classes, given);
      List<String> names = List.of(loss.total().name(), loss.terms().name());
      try (GraphSession session = GraphSession.forTraining(graph, names.get(0), names)) {
        Map<String, INDArray> values =
            session.run(
                Map.of(
                    "y", Nd4j.createFromArray(y).reshape(slices, 1, width),
                    "t", Nd4j.createFromArray(oneHot).reshape(slices, 1, ORGANS)));
        return new Found(
            values.get(names.get(0)).getDouble(0),
            HostFloats.copy(values.get(names.get(1))),
            HostFloats.copy(session.gradient("z")));
      }
    }
  }

  /** By the definition, with probabilities. */
  private static double reference(double[] z, float[] y, int... tasks) {
    int width = z.length / tasks.length;
    double crossEntropy = 0;
    int pixels = 0;
    double dice = 0;
    int organs = 0;
    for (int organ = 1; organ <= ORGANS; organ++) {
      double overlap = 1e-5;
      double size = 1e-5;
      boolean present = false;
      for (int i = 0; i < z.length; i++) {
        if (tasks[i / width] == organ) {
          present = true;
          double p = 1 / (1 + Math.exp(-z[i]));
          boolean own = y[i] == organ;
          crossEntropy -= Math.log(own ? p : 1 - p);
          pixels++;
          overlap += own ? 2 * p : 0;
          size += own ? p + 1 : p;
        }
      }
      dice += present ? overlap / size : 0;
      organs += present ? 1 : 0;
    }
    return organs == 0 ? 0 : crossEntropy / pixels + 1 - dice / organs;
  }

  /**
   * p = 1/2 and 3/4, the first pixel of organ 2, which is the task: CE = (ln 2 + ln 4) / 2; Dice =
   * 2 · 1/2 / (5/4 + 1) = 4/9.
   */
  @Test
  void worksByHand() {
    Found found = Found.of(new float[] {0, (float) Math.log(3)}, new float[] {2, 0}, 2);
    assertEquals(1.5 * Math.log(2), found.terms[0], 1e-6);
    assertEquals(5 / 9.0, found.terms[1], 1e-5);
    assertEquals(1.5 * Math.log(2) + 5 / 9.0, found.loss, 1e-5);
  }

  @Test
  void anotherOrgansPixelsAreBackgroundOfTheTask() {
    float[] z = {0.3f, -2, 1, 0.5f};
    Found found = Found.of(z, new float[] {1, 3, 2, 1}, 1);
    Found without = Found.of(z, new float[] {1, 0, 0, 1}, 1);
    assertEquals(without.loss, found.loss);
    assertArrayEquals(without.gradient, found.gradient);
  }

  @Test
  void slicesWithoutATaskDoNotCount() {
    float[] z = {0.3f, -2, 1, 5};
    Found found = Found.of(z, new float[] {1, 0, 2, 2}, 1, 0);
    Found alone = Found.of(new float[] {0.3f, -2}, new float[] {1, 0}, 1);
    assertEquals(alone.loss, found.loss);
    assertArrayEquals(new float[] {alone.gradient[0], alone.gradient[1], 0, 0}, found.gradient);
    Found nothing = Found.of(z, new float[4], 0, 0);
    assertEquals(0, nothing.loss);
    assertArrayEquals(new float[4], nothing.gradient);
  }

  @Test
  void staysFiniteFarAway() {
    Found found = Found.of(new float[] {200, -200}, new float[] {0, 1}, 1);
    assertEquals(200, found.terms[0], 1e-4);
    assertEquals(0.5, found.gradient[0], 1e-6);
    assertEquals(-0.5, found.gradient[1], 1e-6);
  }

  /** Two slices share a task, so that they share a Dice; slices are longer than a block. */
  @Test
  void agreesWithItsDefinitionAndFiniteDifferences() {
    long seed = 20210802;
    SplittableRandom random = new SplittableRandom(seed);
    int width = 2500;
    int[] tasks = {3, 1, 3, 0, 2};
    float[] z = new float[tasks.length * width];
    float[] y = new float[z.length];
    double[] exact = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextDouble(-4, 4);
      y[i] = random.nextInt(ORGANS + 1);
      exact[i] = z[i];
    }
    Found found = Found.of(z, y, tasks);
    assertEquals(reference(exact, y, tasks), found.loss, 1e-5, "seed " + seed);
    for (int at = 0; at < z.length; at += 487) {
      double[] moved = exact.clone();
      moved[at] += 1e-4;
      double up = reference(moved, y, tasks);
      moved[at] -= 2e-4;
      double slope = (up - reference(moved, y, tasks)) / 2e-4;
      assertEquals(slope, found.gradient[at], 1e-8, "at " + at + ", seed " + seed);
    }
  }

  @Test
  void logitsOfSeveralTasksAreRefused() {
    SameDiff graph = SameDiff.create();
    SDVariable logits = graph.var("z", Nd4j.zeros(DataType.FLOAT, 1, 2, 2, 2));
    SDVariable classes = graph.placeHolder("y", DataType.FLOAT, 1, 2, 2);
    SDVariable given = graph.placeHolder("t", DataType.FLOAT, 1, 1, ORGANS);
    String loss = TaskLoss.of(graph, logits, classes, given).total().name();
    try (GraphSession session = GraphSession.forTraining(graph, loss, List.of(loss))) {
      Map<String, INDArray> inputs =
          Map.of(
              "y", Nd4j.zeros(DataType.FLOAT, 1, 2, 2),
              "t", Nd4j.zeros(DataType.FLOAT, 1, 1, ORGANS));
      assertThrows(IllegalArgumentException.class, () -> session.run(inputs));
    }
  }
}
