package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.experiment.Distillation;

/** What docs/method.md says of regions, targets and masks. */
class RegionsTest {
  private static final int IMAGE = LossInputs.SIDE * LossInputs.SIDE;

  /**
   * The targets of all terms of one pixel, summed term by term: a student whose every probability
   * is 0 leaves the targets alone in the gradient.
   */
  private static double[] targets(TeacherPixel pixel) {
    int channels = pixel.organs + 1;
    double[] nothing = new double[channels];
    Arrays.fill(nothing, Double.NEGATIVE_INFINITY);
    PixelGradient gradient = new PixelGradient(channels);
    for (int k = 0; k < pixel.organs; k++) {
      OrganLogitTerm.add(pixel, k, nothing, gradient);
    }
    BackgroundLogitTerm.add(pixel, nothing, 1, gradient);
    float[] slopes = new float[channels];
    gradient.write(nothing, -1, slopes, 0);
    double[] targets = new double[channels];
    Arrays.setAll(targets, c -> slopes[c]);
    return targets;
  }

  @Test
  void everyPixelIsInARegionAndEachTargetSumsToOne() {
    long seed = 41;
    SplittableRandom random = new SplittableRandom(seed);
    int[] regionsSeen = new int[5];
    for (int round = 0; round < 2000; round++) {
      int organs = 1 + random.nextInt(4);
      TeacherPixel pixel = new TeacherPixel(organs, round % 2 == 0 ? 1 : 3);
      int regions = 0;
      for (int k = 0; k < organs; k++) {
        // Small whole numbers, so that ties occur too: a tie is background.
        int background = random.nextInt(4);
        int organ = random.nextInt(4);
        pixel.set(k, background, organ);
        regions += organ > background ? 1 : 0;
      }
      regionsSeen[regions]++;
      double expected = Math.max(1, regions);
      double sum = Arrays.stream(targets(pixel)).sum();
      assertEquals(expected, sum, 1e-5, "seed " + seed + " round " + round);
    }
    assertTrue(Arrays.stream(regionsSeen).allMatch(n -> n > 0), Arrays.toString(regionsSeen));
  }

  @Test
  void targetsByHand() {
    TeacherPixel pixel = new TeacherPixel(2, 1);
    float log3 = (float) Math.log(3);
    // Teacher 1: background 3/4, organ 1/4. Teacher 2: background 1/2, organ 1/2, a tie.
    pixel.set(0, log3, 0);
    pixel.set(1, 0, 0);
    assertArrayEquals(new double[] {0.625, 0.125, 0.25}, targets(pixel), 1e-6);
    // Teacher 1 now sees its organ: its own target alone, lifted.
    pixel.set(0, 0, log3);
    assertArrayEquals(new double[] {0.25, 0.75, 0}, targets(pixel), 1e-6);
  }

  @Test
  void overlappingRegionsCountTwice() {
    // One pixel; both teachers say (1/4, 3/4), the student says 1/3 each.
    double[][] says = {{0, (float) Math.log(3)}};
    double[][][] teachers = {says, says};
    double[][] features = {{1, 2}};
    double[][][] same = {features, features};
    try (LossGraph graph =
        new LossGraph(Distillation.DEFAULT, 1, 1, 1, new double[1][3], teachers, features, same)
            .run()) {
      // 1/4 log(3/4) + 3/4 log(9/4) = 0.5362771
      assertEquals(0.5362771, graph.terms("logitTerms")[0], 1e-6);
      assertEquals(0.5362771, graph.terms("logitTerms")[1], 1e-6);
      assertEquals(0, graph.terms("logitTerms")[2]);
      assertEquals(2 * 0.5362771, graph.loss(), 1e-6);
      // 2/3 - 2/4, 2/3 - 3/4, 2/3 - 3/4
      assertArrayEquals(new float[] {1f / 6, -1f / 12, -1f / 12}, graph.gradient("logits"), 1e-6f);
    }
  }

  @Test
  void anOrganThatIsNotThereCostsExactlyNothing() {
    LossInputs inputs = LossInputs.of(2, 3, 3).withoutOrgans().withOrgan(0, 0, 2, 4);
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT).run()) {
      assertTrue(graph.terms("logitTerms")[0] > 0);
      assertTrue(graph.terms("featureTerms")[0] > 0);
      assertEquals(0, graph.terms("logitTerms")[1]);
      assertEquals(0, graph.terms("featureTerms")[1]);
    }
  }

  @Test
  void backgroundWithoutWeightHasExactlyNoGradient() {
    LossInputs inputs =
        LossInputs.of(3, 3, 4).withoutOrgans().withOrgan(0, 0, 2, 4).withOrgan(2, 0, 7, 7);
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT.withBackgroundWeight(0)).run()) {
      float[] slopes = graph.gradient("logits");
      for (int i = 0; i < 2 * IMAGE; i++) {
        boolean organ = i == 2 * LossInputs.SIDE + 4 || i == 7 * LossInputs.SIDE + 7;
        for (int c = 0; c < 4; c++) {
          if (organ) {
            assertNotEquals(0f, slopes[4 * i + c], "pixel " + i);
          } else {
            assertEquals(0f, slopes[4 * i + c], "pixel " + i);
          }
        }
      }
    }
  }

  /** Nearest neighbour takes the first pixel of each square: (0, 0) is met, (5, 3) at level 0. */
  @ParameterizedTest
  @CsvSource({
    "1,0,0,true", "2,0,0,true", "4,0,0,true", "8,0,0,true",
    "1,5,3,true", "2,5,3,false", "4,5,3,false", "8,5,3,false"
  })
  void anOrganOfOnePixelIsDefinedAtEveryLevel(int stride, int y, int x, boolean met) {
    LossInputs inputs = LossInputs.of(2, 3, 5, stride).withoutOrgans().withOrgan(1, 1, y, x);
    int map = LossInputs.SIDE / stride;
    int position = map * map + y / stride * map + x / stride;
    double[] target = ReferenceLoss.softmax(inputs.teacherFeatures()[1][position], 1);
    double[] own = ReferenceLoss.logSoftmax(inputs.features()[position], 1);
    Arrays.sort(target);
    Arrays.sort(own);
    double expected = met ? ReferenceLoss.divergence(target, own) / (2 * map * map) : 0;
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT).run()) {
      assertEquals(0, graph.terms("featureTerms")[0]);
      assertEquals(expected, graph.terms("featureTerms")[1], 1e-6 * expected);
      assertTrue(graph.terms("logitTerms")[1] > 0);
      assertTrue(Double.isFinite(graph.loss()));
      float[] slopes = graph.gradient("features");
      for (int i = 0; i < slopes.length; i++) {
        if (met && i / LossInputs.CHANNELS == position) {
          assertTrue(Float.isFinite(slopes[i]), "at " + i);
        } else {
          assertEquals(0f, slopes[i], "at " + i);
        }
      }
    }
  }

  /** Level 0, level 1, and as deep as a map of one position an image. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void featureTermsEqualTheReferenceAtEveryLevel(int stride) {
    for (long seed = 60; seed < 63; seed++) {
      LossInputs inputs =
          LossInputs.of(3, 3, seed, stride).withOrgan(0, 0, 0, 0).withOrgan(1, 1, 0, 0);
      double[] expected =
          ReferenceLoss.featureTerms(inputs.features(), inputs.teacherFeatures(), inputs.masks());
      assertTrue(expected[0] > 0 && expected[1] > 0, "nothing to compare");
      try (LossGraph graph = inputs.graph(Distillation.DEFAULT).run()) {
        for (int k = 0; k < 3; k++) {
          assertEquals(
              expected[k],
              graph.terms("featureTerms")[k],
              1e-5 * expected[k],
              "seed " + seed + " organ " + k);
        }
      }
    }
  }
}
