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
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MergedTeachersTest {
  private static float[] merged(double temperature, int organs, float... margins) {
    int pixels = margins.length / organs;
    INDArray merged = Nd4j.create(DataType.FLOAT, 1, 1, pixels, organs + 1);
    MergedTeachers.of(
        Nd4j.create(margins, new long[] {1, 1, pixels, organs}, 'c'), temperature, merged);
    return HostFloats.copy(merged);
  }

  private static float ln(double value) {
    return (float) Math.log(value);
  }

  @Test
  void mergesByHand() {
    // exp(0, ln 2, ln 5) = 1, 2, 5; then at T = 2 their roots; two teachers that see nothing.
    float[] one = merged(1, 2, ln(2), ln(5));
    double[] expected = {1.0 / 8, 2.0 / 8, 5.0 / 8};
    float[] two = merged(2, 2, ln(2), ln(5));
    double sum = 1 + Math.sqrt(2) + Math.sqrt(5);
    double[] softened = {1 / sum, Math.sqrt(2) / sum, Math.sqrt(5) / sum};
    for (int c = 0; c < 3; c++) {
      assertEquals(expected[c], one[c], 1e-7, "channel " + c);
      assertEquals(softened[c], two[c], 1e-7, "channel " + c);
    }
    assertEquals(1, merged(1, 2, -100, -100)[0]);
  }

  /** One teacher is itself: softmax over its background and organ logits. */
  @Test
  void oneTeacherStaysAsItIs() {
    float[] merged = merged(1, 1, ln(3), ln(1.0 / 3));
    assertEquals(.75, merged[1], 1e-7);
    assertEquals(.25, merged[3], 1e-7);
  }

  /** p = (1/8, 1/4, 5/8): squares over their sum, 1 : 4 : 25. */
  @Test
  void halfTheTemperatureSquaresAndNormalises() {
    float[] sharpened = merged(.5, 2, ln(2), ln(5));
    double[] expected = {1.0 / 30, 4.0 / 30, 25.0 / 30};
    for (int c = 0; c < 3; c++) {
      assertEquals(expected[c], sharpened[c], 1e-7, "channel " + c);
    }
  }

  @Test
  void marginsFarApartStayFinite() {
    float[] merged = merged(.25, 2, 3000, -3000);
    assertEquals(1, merged[1]);
    assertEquals(0, merged[0] + merged[2]);
  }

  private static float[] gradient(float[] z, float[] margins, double temperature) {
    int organs = 2;
    int channels = organs + 1;
    int pixels = margins.length / organs;
    long[] shape = {1, 1, pixels, channels};
    SameDiff graph = SameDiff.create();
    SDVariable logits = graph.var("z", Nd4j.create(z, shape, 'c'));
    SDVariable targets = graph.placeHolder("t", DataType.FLOAT, shape);
    SDVariable weights = graph.constant(Nd4j.ones(DataType.FLOAT, 1, 1, pixels));
    String total =
        SoftTargetLoss.of(graph, logits, targets, weights, temperature)
            .total()
            .mul(temperature * temperature)
            .name();
    try (GraphSession session = GraphSession.forTraining(graph, total, List.of(total))) {
      session.run(Map.of("t", Nd4j.create(merged(temperature, organs, margins), shape, 'c')));
      return HostFloats.copy(session.gradient("z"));
    }
  }

  /**
   * For large T the gradient of T² KL tends to that of half the logits' squared difference, each
   * pixel's mean taken off, over the channels (equation 4 of the paper): whatever T is.
   */
  @Test
  void theSquareOfTheTemperatureKeepsTheGradientsSize() {
    long seed = 1503;
    SplittableRandom random = new SplittableRandom(seed);
    int pixels = 20;
    float[] z = new float[3 * pixels];
    float[] margins = new float[2 * pixels];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextDouble(-2, 2);
    }
    for (int i = 0; i < margins.length; i++) {
      margins[i] = (float) random.nextDouble(-2, 2);
    }
    double worst = Double.POSITIVE_INFINITY;
    for (double temperature : new double[] {10, 100, 1000}) {
      float[] found = gradient(z, margins, temperature);
      double largest = 0;
      for (int i = 0; i < pixels; i++) {
        double[] difference = {
          z[3 * i], z[3 * i + 1] - margins[2 * i], z[3 * i + 2] - margins[2 * i + 1]
        };
        double mean = (difference[0] + difference[1] + difference[2]) / 3;
        for (int c = 0; c < 3; c++) {
          double limit = (difference[c] - mean) / 3 / pixels;
          largest = Math.max(largest, Math.abs(limit - found[3 * i + c]) * pixels);
        }
      }
      assertTrue(largest < 3 / temperature, "T " + temperature + ": off by " + largest);
      assertTrue(largest < worst, "seed " + seed + ", T " + temperature + ": " + largest);
      worst = largest;
    }
  }
}
