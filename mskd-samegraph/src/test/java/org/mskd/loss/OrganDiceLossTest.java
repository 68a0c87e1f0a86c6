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

class OrganDiceLossTest {
  private static final double SMOOTH = 1e-5;

  /** Logits {@code [pixel][K+1]}, classes and rows {@code [pixel]}, weights {@code [rows][K]}. */
  private record Case(float[] z, float[] y, float[] r, float[] w, int groups) {
    int organs() {
      return z.length / y.length - 1;
    }

    double reference() {
      int perGroup = y.length / groups;
      double loss = 0;
      for (int g = 0; g < groups; g++) {
        double dice = 0;
        int counted = 0;
        for (int k = 0; k < organs(); k++) {
          double overlap = SMOOTH;
          double size = SMOOTH;
          double weights = 0;
          for (int i = g * perGroup; i < (g + 1) * perGroup; i++) {
            double weight = w[(int) r[i] * organs() + k];
            int at = i * (organs() + 1);
            double p = 1 / (1 + Math.exp((double) z[at] - z[at + k + 1]));
            double t = y[i] == k + 1 ? 1 : 0;
            overlap += 2 * weight * p * t;
            size += weight * (p + t);
            weights += weight;
          }
          if (weights > 0) {
            dice += overlap / size;
            counted++;
          }
        }
        loss += counted == 0 ? 0 : 1 - dice / counted;
      }
      return loss;
    }

    Case with(float[] other) {
      return new Case(other, y, r, w, groups);
    }
  }

  private record Found(double loss, float[] terms, float[] gradient) {
    static Found of(Case in) {
      int organs = in.organs();
      long[] pixels = {in.groups, 1, in.y.length / in.groups};
      long[] shape = {pixels[0], 1, pixels[2], organs + 1};
      SameDiff graph = SameDiff.create();
      SDVariable logits = graph.var("z", Nd4j.create(in.z, shape, 'c'));
      SDVariable classes = graph.placeHolder("y", DataType.FLOAT, pixels);
      SDVariable rows = graph.placeHolder("r", DataType.FLOAT, pixels);
      SDVariable weights = graph.placeHolder("w", DataType.FLOAT, in.w.length / organs, organs);
      OrganDiceLoss loss = OrganDiceLoss.of(graph, logits, classes, rows, weights, in.groups);
      String total = loss.total().rename("loss").name();
      String terms = loss.terms().name();
      try (GraphSession session = GraphSession.forTraining(graph, total, List.of(total, terms))) {
        var values =
            session.run(
                Map.of(
                    "y", Nd4j.create(in.y, pixels, 'c'),
                    "r", Nd4j.create(in.r, pixels, 'c'),
                    "w", Nd4j.create(in.w, new long[] {in.w.length / organs, organs}, 'c')));
        return new Found(
            values.get(total).getDouble(0),
            HostFloats.copy(values.get(terms)),
            HostFloats.copy(session.gradient("z")));
      }
    }
  }

  /**
   * Two pixels of probability 1/2, one of them of the organ, weights 3 and 1: the overlap is 2 · 3
   * · 1/2, the size 3 · (1/2 + 1) + 1/2, so Dice 3/5.
   */
  @Test
  void worksByHand() {
    Found found =
        Found.of(
            new Case(new float[4], new float[] {1, 0}, new float[] {0, 1}, new float[] {3, 1}, 1));
    assertEquals(1 - 3.0 / 5, found.loss, 1e-5);
    // dDice/dp of the organ's pixel: 3 (2 - 3/5) / 5; p (1 - p) = 1/4.
    assertEquals(-3 * (2 - .6) / 5 / 4, found.gradient[1], 1e-5);
    assertEquals(.6 / 5 / 4, found.gradient[3], 1e-5);
  }

  @Test
  void aGroupWithoutWeightIsNothing() {
    Found found =
        Found.of(
            new Case(
                new float[] {0, 1, 0, 1},
                new float[] {1, 1},
                new float[] {0, 1},
                new float[] {0, 1},
                2));
    assertEquals(0, found.terms[0]);
    assertTrue(found.terms[1] > 0.01);
    assertEquals(0, found.gradient[1]);
    assertTrue(found.gradient[3] < -0.01);
  }

  @Test
  void agreesWithItsDefinitionAndFiniteDifferences() {
    long seed = 20250903;
    SplittableRandom random = new SplittableRandom(seed);
    int pixels = 2 * 900; // more than one run, a run across the border of the groups
    int organs = 3;
    float[] z = new float[pixels * (organs + 1)];
    float[] y = new float[pixels];
    float[] r = new float[pixels];
    float[] w = new float[4 * organs];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextDouble(-3, 3);
    }
    for (int i = 0; i < pixels; i++) {
      y[i] = random.nextInt(organs + 1);
      r[i] = i / 900 * 2 + random.nextInt(2);
    }
    for (int i = 0; i < w.length; i++) {
      w[i] = i == 1 || i == 4 ? 0 : (float) random.nextDouble(); // organ 2 not in group 0
    }
    Case in = new Case(z, y, r, w, 2);
    Found found = Found.of(in);
    assertEquals(in.reference(), found.loss, 1e-5, "seed " + seed);
    assertEquals(found.loss, found.terms[0] + found.terms[1], 1e-5);
    double largest = 0;
    for (int at : new int[] {0, 1, 3, 1023, 3600, 4097, z.length - 1}) {
      float[] up = z.clone();
      float[] down = z.clone();
      up[at] += .01f;
      down[at] -= .01f;
      double slope =
          (in.with(up).reference() - in.with(down).reference()) / ((double) up[at] - down[at]);
      largest = Math.max(largest, Math.abs(slope));
      assertEquals(slope, found.gradient[at], 1e-7, "seed " + seed + ", element " + at);
    }
    assertTrue(largest > 1e-5, "nothing compared");
  }
}
