package org.mskd.loss;

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
import org.nd4j.linalg.factory.Nd4j;

class MarginalCrossEntropyTest {
  /** Logits {@code [pixel][channel]} flattened, of slices of equal size. */
  private record Found(double loss, float[] gradient) {
    static Found of(float[] z, float[] y, float[] annotated, int slices) {
      int channels = z.length / y.length;
      long[] pixels = {slices, 1, y.length / slices};
      long[] organs = {slices, channels - 1};
      SameDiff graph = SameDiff.create();
      SDVariable logits =
          graph.var("z", Nd4j.create(z, new long[] {slices, 1, pixels[2], channels}, 'c'));
      String total =
          MarginalCrossEntropy.of(
                  graph,
                  logits,
                  graph.placeHolder("y", DataType.FLOAT, pixels),
                  graph.placeHolder("annotated", DataType.FLOAT, organs))
              .total()
              .name();
      try (GraphSession session = GraphSession.forTraining(graph, total, List.of(total))) {
        double loss =
            session
                .run(
                    Map.of(
                        "y", Nd4j.create(y, pixels, 'c'),
                        "annotated", Nd4j.create(annotated, organs, 'c')))
                .get(total)
                .getDouble(0);
        return new Found(loss, HostFloats.copy(session.gradient("z")));
      }
    }
  }

  private static double reference(double[] z, float[] y, float[] annotated, int slices) {
    int channels = z.length / y.length;
    int area = y.length / slices;
    double sum = 0;
    int pixels = 0;
    for (int i = 0; i < y.length; i++) {
      boolean any = false;
      double all = Math.exp(z[i * channels]);
      double own = y[i] == 0 ? all : 0;
      for (int c = 1; c < channels; c++) {
        boolean given = annotated[i / area * (channels - 1) + c - 1] == 1;
        any |= given;
        double e = Math.exp(z[i * channels + c]);
        all += e;
        own += y[i] == c || (y[i] == 0 && !given) ? e : 0;
      }
      if (any) {
        sum -= Math.log(own / all);
        pixels++;
      }
    }
    return pixels == 0 ? 0 : sum / pixels;
  }

  /**
   * Two organs, of which each of the first two slices annotates one, and the third none. With p =
   * (1/2, 1/4, 1/4) in each pixel: slice 1, organ 1: 1/4. Slice 1, outside: 1/2 + 1/4. Slice 2,
   * outside: 1/2 + 1/4. Slice 2, organ 2: 1/4.
   */
  @Test
  void worksByHandOnPartialLabels() {
    float half = (float) Math.log(2);
    float[] z = new float[18];
    for (int i = 0; i < 6; i++) {
      z[3 * i] = half;
    }
    Found found = Found.of(z, new float[] {1, 0, 0, 2, 0, 0}, new float[] {1, 0, 0, 1, 0, 0}, 3);
    assertEquals((2 * Math.log(4) + 2 * Math.log(4.0 / 3)) / 4, found.loss, 1e-6);
    // p - t over four annotated pixels: t = (0, 1, 0), then p without organ 1 over 3/4.
    double[] first = {.5, -.75, .25, .5 - 2.0 / 3, .25, .25 - 1.0 / 3};
    for (int i = 0; i < first.length; i++) {
      assertEquals(first[i] / 4, found.gradient[i], 1e-7, "element " + i);
    }
    for (int i = 12; i < 18; i++) {
      assertEquals(0, found.gradient[i], "an unlabelled slice");
    }
  }

  @Test
  void agreesWithItsDefinitionAndFiniteDifferences() {
    long seed = 15;
    SplittableRandom random = new SplittableRandom(seed);
    int slices = 3;
    int area = 1000; // more than one run
    int channels = 4;
    float[] annotated = {1, 0, 1, 0, 0, 0, 0, 1, 0};
    float[] z = new float[slices * area * channels];
    double[] exact = new double[z.length];
    float[] y = new float[slices * area];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextDouble(-5, 5);
      exact[i] = z[i];
    }
    for (int i = 0; i < y.length; i++) {
      int organ = random.nextInt(channels);
      y[i] = organ > 0 && annotated[i / area * (channels - 1) + organ - 1] == 1 ? organ : 0;
    }
    Found found = Found.of(z, y, annotated, slices);
    assertEquals(reference(exact, y, annotated, slices), found.loss, 1e-5, "seed " + seed);
    for (int at = 0; at < z.length; at += 331) {
      double kept = exact[at];
      exact[at] = kept + 1e-3;
      double above = reference(exact, y, annotated, slices);
      exact[at] = kept - 1e-3;
      double below = reference(exact, y, annotated, slices);
      exact[at] = kept;
      assertEquals(
          (above - below) / 2e-3, found.gradient[at], 1e-9, "seed " + seed + ", element " + at);
    }
  }

  @Test
  void isNothingWithoutAnnotations() {
    Found found = Found.of(new float[] {1, 2, 3}, new float[] {0}, new float[] {0, 0}, 1);
    assertEquals(0, found.loss);
    assertEquals(0, found.gradient[1]);
  }

  @Test
  void refusesAClassThatTheSliceDoesNotAnnotate() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Found.of(new float[3], new float[] {2}, new float[] {1, 0}, 1));
  }
}
