package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Marginal and exclusion loss against their definitions, in double precision. */
class PartialLabelLossTest {
  private static final double SMOOTH = 1e-5;

  /**
   * Logits {@code [pixel][channel]}, classes {@code [pixel]}, annotated {@code [slice][organ]}, and
   * the slice that each pixel is from, or empty where it is its own.
   */
  private record Case(double[][] z, int[] y, int[][] annotated, int[] owners) {
    Case(double[][] z, int[] y, int[][] annotated) {
      this(z, y, annotated, new int[0]);
    }

    int owner(int pixel) {
      return owners.length == 0 ? pixel / area() : owners[pixel];
    }

    int area() {
      return y.length / annotated.length;
    }

    boolean annotates(int pixel, int channel) {
      return channel > 0 && annotated[owner(pixel)][channel - 1] == 1;
    }

    boolean isAnnotated(int pixel) {
      return java.util.Arrays.stream(annotated[owner(pixel)]).sum() > 0;
    }

    double p(int pixel, int channel) {
      double sum = 0;
      for (double other : z[pixel]) {
        sum += Math.exp(other - z[pixel][channel]);
      }
      return 1 / sum;
    }
  }

  /** A loss of a graph whose logits are a parameter. */
  private record Found(double loss, double[] terms, float[] gradient) {
    static Found of(Case in, boolean exclusion) {
      int slices = in.annotated.length;
      int channels = in.z[0].length;
      float[] z = new float[in.y.length * channels];
      float[] y = new float[in.y.length];
      float[] annotated = new float[slices * (channels - 1)];
      for (int i = 0; i < z.length; i++) {
        z[i] = (float) in.z[i / channels][i % channels];
      }
      for (int i = 0; i < y.length; i++) {
        y[i] = in.y[i];
      }
      for (int i = 0; i < annotated.length; i++) {
        annotated[i] = in.annotated[i / (channels - 1)][i % (channels - 1)];
      }
      long[] place = {slices, 1, in.area()};
      long[] organs = {slices, channels - 1};
      SameDiff graph = SameDiff.create();
      SDVariable logits =
          graph.var("z", Nd4j.create(z, new long[] {slices, 1, in.area(), channels}, 'c'));
      SDVariable classes = graph.placeHolder("y", DataType.FLOAT, place);
      SDVariable given = graph.placeHolder("annotated", DataType.FLOAT, organs);
      SDVariable total;
      SDVariable terms;
      if (exclusion) {
        ExclusionLoss loss = ExclusionLoss.of(graph, logits, classes, given);
        total = loss.total();
        terms = loss.terms();
      } else {
        MarginalLoss loss =
            in.owners.length == 0
                ? MarginalLoss.of(graph, logits, classes, given)
                : MarginalLoss.ofMixed(
                    graph, logits, classes, given, graph.placeHolder("o", DataType.FLOAT, place));
        total = loss.total();
        terms = loss.terms();
      }
      List<String> wanted = List.of(total.name(), terms.name());
      try (GraphSession session = GraphSession.forTraining(graph, total.name(), wanted)) {
        Map<String, INDArray> inputs = new HashMap<>();
        inputs.put("y", Nd4j.create(y, place, 'c'));
        inputs.put("annotated", Nd4j.create(annotated, organs, 'c'));
        if (in.owners.length > 0) {
          inputs.put("o", Nd4j.createFromArray(in.owners).castTo(DataType.FLOAT).reshape(place));
        }
        Map<String, INDArray> outputs = session.run(inputs);
        return new Found(
            outputs.get(total.name()).getDouble(0),
            outputs.get(terms.name()).toDoubleVector(),
            HostFloats.copy(session.gradient("z")));
      }
    }
  }

  private static double marginal(Case in) {
    int channels = in.z[0].length;
    int pixels = 0;
    double crossEntropy = 0;
    double[] overlap = new double[channels];
    double[] size = new double[channels];
    boolean[] present = new boolean[channels];
    for (int i = 0; i < in.y.length; i++) {
      if (!in.isAnnotated(i)) {
        continue;
      }
      pixels++;
      double target = 0;
      for (int c = 0; c < channels; c++) {
        boolean merged = !in.annotates(i, c);
        target += in.y[i] == 0 ? (merged ? in.p(i, c) : 0) : (c == in.y[i] ? in.p(i, c) : 0);
        if (!merged) {
          present[c] = true;
          overlap[c] += in.y[i] == c ? in.p(i, c) : 0;
          size[c] += in.p(i, c) + (in.y[i] == c ? 1 : 0);
        }
      }
      crossEntropy -= Math.log(target);
    }
    if (pixels == 0) {
      return 0;
    }
    double dice = 0;
    int organs = 0;
    for (int c = 1; c < channels; c++) {
      if (present[c]) {
        organs++;
        dice += (2 * overlap[c] + SMOOTH) / (size[c] + SMOOTH);
      }
    }
    return crossEntropy / pixels + 1 - dice / organs;
  }

  private static double exclusion(Case in) {
    int channels = in.z[0].length;
    int pixels = 0;
    double crossEntropy = 0;
    double[] overlap = new double[channels];
    double[] size = new double[channels];
    boolean[] missing = new boolean[channels];
    for (int i = 0; i < in.y.length; i++) {
      if (!in.isAnnotated(i)) {
        continue;
      }
      pixels++;
      for (int c = 1; c < channels; c++) {
        if (!in.annotates(i, c)) {
          missing[c] = true;
          crossEntropy += in.y[i] > 0 ? Math.log(in.p(i, c) + 1) : 0;
          overlap[c] += in.y[i] > 0 ? in.p(i, c) : 0;
          size[c] += in.p(i, c) + (in.y[i] > 0 ? 1 : 0);
        }
      }
    }
    double dice = 0;
    int organs = 0;
    for (int c = 1; c < channels; c++) {
      if (missing[c]) {
        organs++;
        dice += 2 * overlap[c] / (size[c] + SMOOTH);
      }
    }
    return pixels == 0 ? 0 : crossEntropy / pixels + (organs == 0 ? 0 : dice / organs);
  }

  private static Case random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int slices = 3;
    int area = 300;
    int organs = 3;
    int[][] annotated = {{0, 1, 0}, {1, 0, 1}, {0, 0, 0}};
    double[][] z = new double[slices * area][organs + 1];
    int[] y = new int[slices * area];
    for (int i = 0; i < y.length; i++) {
      for (int c = 0; c <= organs; c++) {
        // What a float holds, so that both sides have the same logits.
        z[i][c] = (float) random.nextDouble(-3, 3);
      }
      int organ = random.nextInt(organs + 1);
      y[i] = organ > 0 && annotated[i / area][organ - 1] == 1 ? organ : 0;
    }
    return new Case(z, y, annotated);
  }

  private static void check(Case in, boolean exclusion, ToDoubleFunction<Case> definition) {
    Found found = Found.of(in, exclusion);
    assertEquals(definition.applyAsDouble(in), found.loss, 1e-5);
    assertEquals(found.loss, found.terms[0] + found.terms[1], 1e-5);
    int channels = in.z[0].length;
    for (int i = 0; i < in.z.length; i += 37) {
      for (int c = 0; c < channels; c++) {
        double kept = in.z[i][c];
        in.z[i][c] = kept + 1e-4;
        double above = definition.applyAsDouble(in);
        in.z[i][c] = kept - 1e-4;
        double below = definition.applyAsDouble(in);
        in.z[i][c] = kept;
        double slope = (above - below) / 2e-4;
        assertEquals(slope, found.gradient[i * channels + c], 1e-7, "pixel " + i + ", " + c);
      }
    }
  }

  @Test
  void theMarginalLossFollowsItsDefinition() {
    check(random(7), false, PartialLabelLossTest::marginal);
  }

  /** Runs of a few pixels, of slices that annotate one organ, two and none. */
  private static Case mixed(long seed) {
    Case in = random(seed);
    SplittableRandom random = new SplittableRandom(seed + 1);
    int[] owners = new int[in.y.length];
    for (int i = 0; i < owners.length; i++) {
      owners[i] = i > 0 && random.nextInt(5) > 0 ? owners[i - 1] : random.nextInt(3);
    }
    Case mixed = new Case(in.z, in.y, in.annotated, owners);
    for (int i = 0; i < owners.length; i++) {
      int organ = random.nextInt(4);
      in.y[i] = mixed.annotates(i, organ) ? organ : 0;
    }
    return mixed;
  }

  @Test
  void theMarginalLossOfMixedSlicesFollowsItsDefinition() {
    check(mixed(11), false, PartialLabelLossTest::marginal);
  }

  /** The organs of slice 1 are annotated by no pixel: they have no Dice. */
  @Test
  void aSliceOfWhichNoPixelIsLeftCountsNot() {
    Case in = random(12);
    int[] owners = new int[in.y.length];
    for (int i = 300; i < owners.length; i++) {
      owners[i] = i < 600 ? 0 : 2;
      in.y[i] = i < 600 ? in.y[i - 300] : 0;
    }
    check(new Case(in.z, in.y, in.annotated, owners), false, PartialLabelLossTest::marginal);
  }

  @Test
  void slicesThatAreMixedWithNothingHaveTheSameBits() {
    Case in = random(13);
    int[] own = new int[in.y.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = i / in.area();
    }
    Found expected = Found.of(in, false);
    Found found = Found.of(new Case(in.z, in.y, in.annotated, own), false);
    assertEquals(expected.loss, found.loss);
    assertArrayEquals(expected.terms, found.terms);
    assertArrayEquals(expected.gradient, found.gradient);
  }

  @Test
  void aPixelOfASliceThatIsNotThereIsRefused() {
    for (int owner : new int[] {-1, 1}) {
      Case in =
          new Case(new double[][] {{0, 0, 0}}, new int[1], new int[][] {{1, 0}}, new int[] {owner});
      assertThrows(IllegalArgumentException.class, () -> Found.of(in, false));
    }
  }

  @Test
  void theExclusionLossFollowsItsDefinition() {
    check(random(8), true, PartialLabelLossTest::exclusion);
  }

  /** e² + e of e² + √e + e; the logits' sum, which the authors' code takes, would give .924. */
  @Test
  void probabilitiesAreMerged() {
    Case in = new Case(new double[][] {{2, 0.5, 1}}, new int[] {0}, new int[][] {{1, 0}});
    double rest = (Math.exp(2) + Math.exp(1)) / (Math.exp(2) + Math.exp(0.5) + Math.exp(1));
    assertEquals(0.860, rest, 5e-4);
    assertEquals(-Math.log(rest), Found.of(in, false).terms[0], 1e-6);
  }

  /** With one organ nothing is merged: cross-entropy and Dice as a teacher has them. */
  @Test
  void withoutOtherOrgansItIsDiceAndCrossEntropy() {
    // Sure by 3 to 1 and right in both pixels: CE = log(4/3), Dice = (1.5 + s) / (1.75 + .25 + s).
    double margin = Math.log(3);
    Case in =
        new Case(new double[][] {{0, margin}, {margin, 0}}, new int[] {1, 0}, new int[][] {{1}});
    Found found = Found.of(in, false);
    assertEquals(Math.log(4.0 / 3), found.terms[0], 1e-6);
    assertEquals(1 - (1.5 + SMOOTH) / (2 + SMOOTH), found.terms[1], 1e-6);
    assertEquals(0, Found.of(in, true).loss, "every organ is annotated");
  }

  @Test
  void slicesWithoutAnnotationsTeachNothing() {
    Case in = random(9);
    int half = 2 * 300 * 4;
    for (boolean exclusion : new boolean[] {false, true}) {
      float[] gradient = Found.of(in, exclusion).gradient;
      for (int i = half; i < gradient.length; i++) {
        assertEquals(0, gradient[i]);
      }
    }
    Case none = new Case(in.z, new int[in.y.length], new int[3][3]);
    assertEquals(0, Found.of(none, false).loss);
    assertArrayEquals(new float[in.z.length * 4], Found.of(none, true).gradient);
  }

  @Test
  void logitsFarApartStayFinite() {
    Case in =
        new Case(
            new double[][] {{-400, 400, -400}, {400, -400, -400}},
            new int[] {0, 1},
            new int[][] {{1, 0}});
    Found found = Found.of(in, false);
    // Both pixels are wrong: log p_rest is -800 + log 2, log p_organ is -800.
    assertEquals((800 - Math.log(2) + 800) / 2, found.terms[0], 1e-3);
    for (float slope : found.gradient) {
      assertTrue(Float.isFinite(slope));
    }
  }

  @Test
  void aClassThatTheSliceDoesNotAnnotateIsRefused() {
    Case in = new Case(new double[][] {{0, 0, 0}}, new int[] {2}, new int[][] {{1, 0}});
    assertThrows(IllegalArgumentException.class, () -> Found.of(in, false));
  }
}
