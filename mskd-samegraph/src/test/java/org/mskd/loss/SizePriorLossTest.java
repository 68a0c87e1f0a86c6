package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
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

class SizePriorLossTest {
  private record Found(double loss, double[] terms, float[] gradient) {
    /**
     * @param z {@code [slice][pixel][channel]} flattened
     */
    static Found of(
        float[] z, int slices, double[] q, float[] mean, double rate, int countedSlices) {
      int channels = q.length;
      SameDiff graph = SameDiff.create();
      SDVariable logits =
          graph.var(
              "z",
              Nd4j.create(z, new long[] {slices, 1, z.length / slices / channels, channels}, 'c'));
      List<Double> shares = new ArrayList<>();
      for (double one : q) {
        shares.add(one);
      }
      SizePriorLoss loss =
          SizePriorLoss.of(
              graph,
              logits,
              graph.placeHolder("mean", DataType.FLOAT, channels),
              graph.placeHolder("rate", DataType.FLOAT, 1),
              shares,
              countedSlices);
      List<String> wanted = List.of(loss.total().name(), loss.terms().name());
      try (GraphSession session = GraphSession.forTraining(graph, wanted.get(0), wanted)) {
        Map<String, INDArray> outputs =
            session.run(
                Map.of(
                    "mean", Nd4j.create(mean, new long[] {channels}, 'c'),
                    "rate", Nd4j.create(new float[] {(float) rate}, new long[] {1}, 'c')));
        return new Found(
            outputs.get(wanted.get(0)).getDouble(0),
            outputs.get(wanted.get(1)).toDoubleVector(),
            HostFloats.copy(session.gradient("z")));
      }
    }
  }

  private static double[] means(double[] z, int channels) {
    double[] means = new double[channels];
    int pixels = z.length / channels;
    for (int i = 0; i < pixels; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += Math.exp(z[i * channels + c]);
      }
      for (int c = 0; c < channels; c++) {
        means[c] += Math.exp(z[i * channels + c]) / sum / pixels;
      }
    }
    return means;
  }

  private static double prior(double[] q, double[] p) {
    double sum = 0;
    for (int c = 0; c < q.length; c++) {
      sum -= q[c] * Math.log(p[c]) + (1 - q[c]) * Math.log(1 - p[c]);
    }
    return sum;
  }

  private static double[] random(SplittableRandom random, int count) {
    double[] shares = new double[count];
    double sum = 0;
    for (int c = 0; c < count; c++) {
      shares[c] = random.nextDouble(0.01, 1);
      sum += shares[c];
    }
    for (int c = 0; c < count; c++) {
      shares[c] /= sum;
    }
    return shares;
  }

  private static float[] noise(SplittableRandom random, int count) {
    float[] noise = new float[count];
    for (int i = 0; i < count; i++) {
      noise[i] = (float) random.nextDouble(-3, 3);
    }
    return noise;
  }

  private static double[] exact(float[] values) {
    double[] exact = new double[values.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = values[i];
    }
    return exact;
  }

  private static float[] logits(double[] p) {
    float[] z = new float[p.length];
    for (int c = 0; c < z.length; c++) {
      z[c] = (float) Math.log(p[c]);
    }
    return z;
  }

  /**
   * p = (3/4, 1/4), q = (1/2, 1/2): J = -2 (1/2 log 3/4 + 1/2 log 1/4) = log 16/3. Slopes by p:
   * -2/3 + 2 and -2 + 2/3, so by the logits 3/4 (4/3 - 2/3) = 1/2, and its opposite.
   */
  @Test
  void worksByHand() {
    float[] z = logits(new double[] {.75, .25});
    Found found = Found.of(z, 1, new double[] {.5, .5}, new float[2], 1, 1);
    assertEquals(Math.log(16.0 / 3), found.loss, 1e-6);
    assertEquals(.75, found.terms[1], 1e-7);
    assertEquals(.25, found.terms[2], 1e-7);
    assertEquals(.5, found.gradient[0], 1e-6);
    assertEquals(-.5, found.gradient[1], 1e-6);
  }

  @Test
  void isLeastWhereTheMeanIsThePrior() {
    long seed = 1904;
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 20; run++) {
      int channels = 2 + run % 4;
      double[] q = random(random, channels);
      Found least = Found.of(logits(q), 1, q, new float[channels], 1, 1);
      assertEquals(prior(q, q), least.loss, 1e-5, "seed " + seed);
      for (float slope : least.gradient) {
        assertEquals(0, slope, 1e-5, "seed " + seed);
      }
      Found other = Found.of(noise(random, channels), 1, q, new float[channels], 1, 1);
      assertTrue(other.loss > least.loss, "seed " + seed + ", run " + run);
    }
  }

  /** With the batch as the whole mean it is the gradient of J. */
  @Test
  void theGradientIsThatOfFiniteDifferences() {
    long seed = 6346;
    SplittableRandom random = new SplittableRandom(seed);
    int channels = 3;
    double[] q = random(random, channels);
    float[] z = noise(random, 700 * channels);
    Found found = Found.of(z, 1, q, new float[channels], 1, 1);
    double[] moved = exact(z);
    assertEquals(prior(q, means(moved, channels)), found.loss, 1e-5, "seed " + seed);
    for (int at = 0; at < z.length; at += 97) {
      double kept = moved[at];
      moved[at] = kept + 1e-3;
      double above = prior(q, means(moved, channels));
      moved[at] = kept - 1e-3;
      double below = prior(q, means(moved, channels));
      moved[at] = kept;
      assertEquals((above - below) / 2e-3, found.gradient[at], 1e-8, "seed " + seed + ", " + at);
    }
  }

  /**
   * With a running mean the gradient is that of Σ s_l p_l, s the slopes of J at the running mean
   * and p the batch's mean; only the first slice of two counts.
   */
  @Test
  void aRunningMeanGivesTheDualVariables() {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    int channels = 3;
    int area = 300;
    double rate = 0.25;
    double[] q = random(random, channels);
    float[] before = {.7f, .2f, .1f};
    float[] z = noise(random, 2 * area * channels);
    Found found = Found.of(z, 2, q, before, rate, 1);
    double[] first = java.util.Arrays.copyOf(exact(z), area * channels);
    double[] batch = means(first, channels);
    double[] mean = new double[channels];
    double[] slopes = new double[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = (1 - rate) * before[c] + rate * batch[c];
      assertEquals(mean[c], found.terms[1 + c], 1e-6);
    }
    for (int c = 0; c < channels; c++) {
      double[] up = mean.clone();
      double[] down = mean.clone();
      up[c] += 1e-5;
      down[c] -= 1e-5;
      slopes[c] = (prior(q, up) - prior(q, down)) / 2e-5;
    }
    assertEquals(prior(q, mean), found.loss, 1e-5);
    for (int at = 0; at < first.length; at += 41) {
      double kept = first[at];
      double rise = 0;
      for (int side = -1; side <= 1; side += 2) {
        first[at] = kept + side * 1e-3;
        double[] p = means(first, channels);
        for (int c = 0; c < channels; c++) {
          rise += side * slopes[c] * p[c] / 2e-3;
        }
      }
      first[at] = kept;
      assertEquals(rise, found.gradient[at], 1e-7, "seed " + seed + ", " + at);
    }
    for (int at = first.length; at < z.length; at++) {
      assertEquals(0, found.gradient[at], "a slice that does not count");
    }
  }

  @Test
  void staysFiniteWhereAClassIsNeverPredicted() {
    Found found = Found.of(new float[] {200, -200}, 1, new double[] {.9, .1}, new float[2], 1, 1);
    assertEquals(-2 * (.9 * Math.log(1 - 1e-7) + .1 * Math.log(1e-7)), found.loss, 1e-4);
    assertTrue(Float.isFinite(found.gradient[0]) && Float.isFinite(found.gradient[1]));
  }
}
