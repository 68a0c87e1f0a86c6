package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

class SoftTargetLossTest {
  private record Found(double loss, float[] gradient) {
    static Found of(float[] z, float[] t, float[] w, double temperature) {
      int channels = z.length / w.length;
      long[] shape = {1, 1, w.length, channels};
      SameDiff graph = SameDiff.create();
      SDVariable logits = graph.var("z", Nd4j.create(z, shape, 'c'));
      SDVariable targets = graph.placeHolder("t", DataType.FLOAT, shape);
      SDVariable weights = graph.placeHolder("w", DataType.FLOAT, 1, 1, w.length);
      SDVariable total =
          SoftTargetLoss.of(graph, logits, targets, weights, temperature).total().rename("loss");
      try (GraphSession session =
          GraphSession.forTraining(graph, total.name(), List.of(total.name()))) {
        double loss =
            session
                .run(
                    Map.of(
                        "t", Nd4j.create(t, shape, 'c'),
                        "w", Nd4j.create(w, new long[] {1, 1, w.length}, 'c')))
                .get("loss")
                .getDouble(0);
        return new Found(loss, HostFloats.copy(session.gradient("z")));
      }
    }
  }

  private static double reference(float[] z, float[] t, float[] w, double temperature) {
    int channels = z.length / w.length;
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      double total = 0;
      for (int c = 0; c < channels; c++) {
        total += Math.exp(z[i * channels + c] / temperature);
      }
      for (int c = 0; c < channels; c++) {
        double target = t[i * channels + c];
        if (target > 0) {
          double q = Math.exp(z[i * channels + c] / temperature) / total;
          sum += w[i] * target * Math.log(target / q);
        }
      }
    }
    return sum / w.length;
  }

  @Test
  void worksByHand() {
    // One pixel, z = (0, ln 3): q = (1/4, 3/4). Target (1/2, 1/2), weight 2:
    // 2 (1/2 ln 2 + 1/2 ln 2/3) = ln 4/3; gradient 2 (q - t) = (-1/2, 1/2).
    Found found =
        Found.of(new float[] {0, (float) Math.log(3)}, new float[] {.5f, .5f}, new float[] {2}, 1);
    assertEquals(Math.log(4.0 / 3), found.loss, 1e-6);
    assertEquals(-.5, found.gradient[0], 1e-6);
    assertEquals(.5, found.gradient[1], 1e-6);
  }

  @Test
  void isNothingAtItsTargetAndWhereTheWeightIsNothing() {
    float[] z = {0, (float) Math.log(3), 5, -5};
    Found found = Found.of(z, new float[] {.25f, .75f, 0, 1}, new float[] {1, 0}, 1);
    assertEquals(0, found.loss, 1e-7);
    for (float slope : found.gradient) {
      assertEquals(0, slope, 1e-7);
    }
  }

  @Test
  void staysFiniteForAHardTargetFarAway() {
    Found found = Found.of(new float[] {200, 0}, new float[] {0, 1}, new float[] {1}, 1);
    assertEquals(200, found.loss, 1e-4);
    assertEquals(1, found.gradient[0], 1e-6);
  }

  @Test
  void agreesWithItsDefinitionAndFiniteDifferences() {
    long seed = 20210802;
    SplittableRandom random = new SplittableRandom(seed);
    int pixels = 700; // more than one run
    int channels = 4;
    float[] z = new float[pixels * channels];
    float[] t = new float[z.length];
    float[] w = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      w[i] = (float) random.nextDouble(0, 2);
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        z[i * channels + c] = (float) random.nextDouble(-4, 4);
        t[i * channels + c] = c == i % channels ? 0 : (float) random.nextDouble();
        sum += t[i * channels + c];
      }
      for (int c = 0; c < channels; c++) {
        t[i * channels + c] /= (float) sum;
      }
    }
    for (double temperature : new double[] {1, 3}) {
      Found found = Found.of(z, t, w, temperature);
      assertEquals(reference(z, t, w, temperature), found.loss, 1e-5, "seed " + seed);
      for (int at : new int[] {0, 5, 1023, 1025, 2799}) {
        float[] up = z.clone();
        float[] down = z.clone();
        up[at] += .01f;
        down[at] -= .01f;
        double step = (double) up[at] - down[at];
        double slope =
            (reference(up, t, w, temperature) - reference(down, t, w, temperature)) / step;
        assertEquals(slope, found.gradient[at], 1e-7, "seed " + seed + ", element " + at);
      }
    }
  }

  /** A run without weights lies between others, so that what these leave behind would show. */
  @Test
  void runsWithoutWeightAddNothing() {
    long seed = 20210803;
    SplittableRandom random = new SplittableRandom(seed);
    int pixels = 900;
    int channels = 3;
    float[] z = new float[pixels * channels];
    float[] t = new float[z.length];
    float[] w = new float[pixels];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextDouble(-4, 4);
      t[i] = (float) random.nextDouble(0.1, 0.5);
    }
    for (int i = 0; i < pixels; i++) {
      w[i] = i >= 200 && i < 800 ? 0 : 1;
    }
    Found found = Found.of(z, t, w, 1);
    assertEquals(reference(z, t, w, 1), found.loss, 1e-5, "seed " + seed);
    for (int i = 0; i < z.length; i++) {
      assertEquals(w[i / channels] == 0, found.gradient[i] == 0, "seed " + seed + ", element " + i);
    }
  }
}
