package org.mskd.loss;

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
import org.nd4j.linalg.factory.Nd4j;

class OrganBinaryLossTest {
  private record Found(double loss, float[] terms, float[] gradient) {
    /** Each slice has the row of weights of its number. */
    static Found of(float[] z, float[] y, float[] w, int slots, int groups) {
      float[] rows = new float[y.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = i / (y.length / slots);
      }
      return of(z, y, rows, w, slots, groups);
    }

    static Found of(float[] z, float[] y, float[] r, float[] w, int slots, int groups) {
      int organs = z.length / y.length - 1;
      int area = y.length / slots;
      long[] shape = {slots, 1, area, organs + 1};
      SameDiff graph = SameDiff.create();
      SDVariable logits = graph.var("z", Nd4j.create(z, shape, 'c'));
      SDVariable classes = graph.placeHolder("y", DataType.FLOAT, slots, 1, area);
      SDVariable weights = graph.placeHolder("w", DataType.FLOAT, w.length / organs, organs);
      SDVariable rows = graph.placeHolder("r", DataType.FLOAT, slots, 1, area);
      OrganBinaryLoss loss = OrganBinaryLoss.of(graph, logits, classes, rows, weights, groups);
      String total = loss.total().rename("loss").name();
      String terms = loss.terms().name();
      try (GraphSession session = GraphSession.forTraining(graph, total, List.of(total, terms))) {
        var values =
            session.run(
                Map.of(
                    "y", Nd4j.create(y, new long[] {slots, 1, area}, 'c'),
                    "r", Nd4j.create(r, new long[] {slots, 1, area}, 'c'),
                    "w", Nd4j.create(w, new long[] {w.length / organs, organs}, 'c')));
        return new Found(
            values.get(total).getDouble(0),
            HostFloats.copy(values.get(terms)),
            HostFloats.copy(session.gradient("z")));
      }
    }
  }

  private static double reference(float[] z, float[] y, float[] w, int slots) {
    int organs = w.length / slots;
    int area = y.length / slots;
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < organs; k++) {
        double margin = (double) z[i * (organs + 1) + k + 1] - z[i * (organs + 1)];
        double p = 1 / (1 + Math.exp(-margin));
        double own = y[i] == k + 1 ? p : 1 - p;
        sum -= w[i / area * organs + k] * Math.log(own) / area;
      }
    }
    return sum;
  }

  /**
   * One pixel, z = (1, 1 + ln 3, 1): the probabilities are 3/4 and 1/2. With class 1 and weights 2
   * and 1 the loss is 2 ln 4/3 + ln 2, the margins' derivatives are 2 (3/4 - 1) and 1/2.
   */
  @Test
  void worksByHand() {
    float[] z = {1, 1 + (float) Math.log(3), 1};
    Found found = Found.of(z, new float[] {1}, new float[] {2, 1}, 1, 1);
    assertEquals(2 * Math.log(4.0 / 3) + Math.log(2), found.loss, 1e-6);
    assertEquals(-0.5, found.gradient[1], 1e-6);
    assertEquals(0.5, found.gradient[2], 1e-6);
    assertEquals(0, found.gradient[0], 1e-6);
  }

  /** What the second organ's logit is does not matter where its weight is 0. */
  @Test
  void anOrganWithoutWeightDoesNotCount() {
    for (float other : new float[] {-50, 0, 50}) {
      float[] z = {0, (float) Math.log(3), other};
      Found found = Found.of(z, new float[] {2}, new float[] {1, 0}, 1, 1);
      assertEquals(Math.log(4), found.loss, 1e-6);
      assertEquals(0, found.gradient[2]);
    }
  }

  /** Two pixels of one slice with rows 1 and 0 of the weights; both probabilities are 1/2. */
  @Test
  void aPixelHasTheWeightsOfItsRow() {
    Found found =
        Found.of(
            new float[] {0, 0, 0, 0},
            new float[] {1, 0},
            new float[] {1, 0},
            new float[] {2, 8},
            1,
            1);
    assertEquals((8 + 2) / 2.0 * Math.log(2), found.loss, 1e-6);
    assertEquals(8 / 2.0 * -.5, found.gradient[1], 1e-6);
    assertEquals(2 / 2.0 * .5, found.gradient[3], 1e-6);
  }

  @Test
  void staysFiniteFarFromItsTarget() {
    Found found = Found.of(new float[] {0, 300}, new float[] {0}, new float[] {1}, 1, 1);
    assertEquals(300, found.loss, 1e-4);
    assertEquals(1, found.gradient[1], 1e-6);
    Found other = Found.of(new float[] {0, -300}, new float[] {1}, new float[] {1}, 1, 1);
    assertEquals(300, other.loss, 1e-4);
    assertEquals(-1, other.gradient[1], 1e-6);
  }

  @Test
  void agreesWithItsDefinitionAndFiniteDifferences() {
    long seed = 20240905;
    SplittableRandom random = new SplittableRandom(seed);
    int slots = 4;
    int area = 700;
    int organs = 3;
    float[] z = new float[slots * area * (organs + 1)];
    float[] y = new float[slots * area];
    float[] w = new float[slots * organs];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextDouble(-3, 3);
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextInt(organs + 1);
    }
    for (int i = 0; i < w.length; i++) {
      w[i] = i % 4 == 1 ? 0 : (float) random.nextDouble();
    }
    Found found = Found.of(z, y, w, slots, 2);
    assertEquals(reference(z, y, w, slots), found.loss, 1e-5, "seed " + seed);
    float[] firstHalf = w.clone();
    java.util.Arrays.fill(firstHalf, 2 * organs, 4 * organs, 0);
    assertEquals(reference(z, y, firstHalf, slots), found.terms[0], 1e-5);
    assertEquals(found.loss - found.terms[0], found.terms[1], 1e-5);
    double largest = 0;
    for (int at : new int[] {0, 1, 1023, 4096, 8193, z.length - 1}) {
      float[] up = z.clone();
      float[] down = z.clone();
      up[at] += .01f;
      down[at] -= .01f;
      double slope =
          (reference(up, y, w, slots) - reference(down, y, w, slots))
              / ((double) up[at] - down[at]);
      largest = Math.max(largest, Math.abs(slope));
      assertEquals(slope, found.gradient[at], 1e-7, "seed " + seed + ", element " + at);
    }
    assertTrue(largest > 1e-4, "nothing compared");
  }
}
