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

class FocalDiceLossTest {
  private record Found(double loss, float[] terms, float[] gradient) {
    static Found of(float[] z, float[] y, double gamma, double diceWeight) {
      long[] shape = {1, 1, y.length, z.length / y.length};
      SameDiff graph = SameDiff.create();
      SDVariable logits = graph.var("z", Nd4j.create(z, shape, 'c'));
      SDVariable classes = graph.placeHolder("y", DataType.FLOAT, 1, 1, y.length);
      FocalDiceLoss loss = FocalDiceLoss.of(graph, logits, classes, gamma, diceWeight);
      String total = loss.total().rename("loss").name();
      String terms = loss.terms().name();
      try (GraphSession session = GraphSession.forTraining(graph, total, List.of(total, terms))) {
        var values = session.run(Map.of("y", Nd4j.create(y, new long[] {1, 1, y.length}, 'c')));
        return new Found(
            values.get(total).getDouble(0),
            HostFloats.copy(values.get(terms)),
            HostFloats.copy(session.gradient("z")));
      }
    }
  }

  private static double reference(float[] z, float[] y, double gamma, double diceWeight) {
    int channels = z.length / y.length;
    double focal = 0;
    double[] overlap = new double[channels];
    double[] size = new double[channels];
    for (int i = 0; i < y.length; i++) {
      double total = 0;
      for (int c = 0; c < channels; c++) {
        total += Math.exp(z[i * channels + c]);
      }
      for (int c = 0; c < channels; c++) {
        double p = Math.exp(z[i * channels + c]) / total;
        boolean own = c == (int) y[i];
        overlap[c] += own ? p : 0;
        size[c] += p + (own ? 1 : 0);
        focal -= own ? Math.pow(1 - p, gamma) * Math.log(p) : 0;
      }
    }
    double dice = 0;
    for (int c = 1; c < channels; c++) {
      dice += (2 * overlap[c] + 1e-5) / (size[c] + 1e-5) / (channels - 1);
    }
    return focal / y.length + diceWeight * (1 - dice);
  }

  /** z = (0, ln 3), class 1: p = 3/4, focal = (1/4)² ln 4/3, Dice = (3/2) / (7/4) = 6/7. */
  @Test
  void worksByHand() {
    Found found = Found.of(new float[] {0, (float) Math.log(3)}, new float[] {1}, 2, 0.1);
    assertEquals(Math.log(4.0 / 3) / 16, found.terms[0], 1e-6);
    assertEquals(1.0 / 7, found.terms[1], 1e-5);
    assertEquals(Math.log(4.0 / 3) / 16 + 0.1 / 7, found.loss, 1e-5);
  }

  @Test
  void isTheCrossEntropyWithoutFocus() {
    Found found = Found.of(new float[] {0, (float) Math.log(3)}, new float[] {1}, 0, 0);
    assertEquals(Math.log(4.0 / 3), found.loss, 1e-6);
    assertEquals(0.25, found.gradient[0], 1e-6);
    assertEquals(-0.25, found.gradient[1], 1e-6);
  }

  /** For a large distance the loss of a wrong pixel is that distance, of a right one nothing. */
  @Test
  void staysFiniteFarFromAndAtItsTarget() {
    for (double gamma : new double[] {0, 0.5, 1, 2}) {
      Found wrong = Found.of(new float[] {200, 0}, new float[] {1}, gamma, 0);
      assertEquals(200, wrong.loss, 1e-4);
      assertEquals(1, wrong.gradient[0], 1e-6);
      Found right = Found.of(new float[] {0, 2000}, new float[] {1}, gamma, 0);
      assertEquals(0, right.loss, 1e-6);
      assertEquals(0, right.gradient[0], 1e-6);
    }
  }

  /** A loss over the probability: focal falls, relative to the cross-entropy, as (1 - p)². */
  @Test
  void agreesWithItsDefinitionAndFiniteDifferences() {
    long seed = 20200817;
    SplittableRandom random = new SplittableRandom(seed);
    int pixels = 2100; // more than one block
    int channels = 4;
    float[] z = new float[pixels * channels];
    float[] y = new float[pixels];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextDouble(-3, 3);
    }
    for (int i = 0; i < pixels; i++) {
      y[i] = random.nextInt(channels);
    }
    for (double[] weights : new double[][] {{2, 0.1}, {0.5, 1}, {0, 3}}) {
      Found found = Found.of(z, y, weights[0], weights[1]);
      assertEquals(reference(z, y, weights[0], weights[1]), found.loss, 1e-5, "seed " + seed);
      double largest = 0;
      for (int at : new int[] {0, 5, 1023, 1025, 8193, 8399}) {
        float[] up = z.clone();
        float[] down = z.clone();
        up[at] += .01f;
        down[at] -= .01f;
        double slope =
            (reference(up, y, weights[0], weights[1]) - reference(down, y, weights[0], weights[1]))
                / ((double) up[at] - down[at]);
        largest = Math.max(largest, Math.abs(slope));
        assertEquals(slope, found.gradient[at], 2e-8, "seed " + seed + ", element " + at);
      }
      assertTrue(largest > 1e-5, "nothing compared");
    }
  }
}
