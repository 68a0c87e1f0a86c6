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
import org.mskd.experiment.Distillation;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.Regions;

/** What docs/method.md says of regions, targets and masks. */
class RegionsTest {
  private static final int IMAGE = LossInputs.SIDE * LossInputs.SIDE;

  /** The target of term k (K: the background) at a pixel, read from its gradient. */
  private static double[] target(TeacherProbabilities teachers, int k) {
    int channels = teachers.organs + 1;
    // A student whose every probability is 0 leaves the target alone in the gradient.
    Softmax nothing = new Softmax(channels, 1);
    Arrays.fill(nothing.log, Double.NEGATIVE_INFINITY);
    PixelGradient gradient = new PixelGradient(channels);
    if (k < teachers.organs) {
      OrganLogitTerm.add(teachers, nothing, 0, k, 1, gradient);
    } else {
      new BackgroundLogitTerm(teachers.organs).add(teachers, nothing, 0, 1, gradient);
    }
    assertEquals(1, gradient.mass);
    float[] slopes = new float[channels];
    gradient.write(nothing, 0, -1, slopes, 0);
    double[] target = new double[channels];
    Arrays.setAll(target, c -> slopes[c]);
    return target;
  }

  @Test
  void everyTargetSumsToOne() {
    long seed = 41;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      int organs = 1 + random.nextInt(6);
      TeacherProbabilities pixel = new TeacherProbabilities(organs, 1);
      float[] margins = new float[organs];
      for (int k = 0; k < organs; k++) {
        margins[k] = (float) (160 * random.nextDouble() - 80);
      }
      pixel.load(margins, 1, 1.0 / (round % 2 == 0 ? 1 : 3));
      for (int k = 0; k <= organs; k++) {
        double sum = Arrays.stream(target(pixel, k)).sum();
        assertEquals(1, sum, 1e-6, "seed " + seed + " round " + round + " term " + k);
      }
    }
  }

  @Test
  void targetsByHand() {
    TeacherProbabilities pixel = new TeacherProbabilities(2, 1);
    float log3 = (float) Math.log(3);
    // Teacher 1: background 3/4, organ 1/4. Teacher 2: background 1/2, organ 1/2.
    pixel.load(new float[] {-log3, 0}, 1, 1);
    assertArrayEquals(new double[] {0.75, 0.25, 0}, target(pixel, 0), 1e-6);
    assertArrayEquals(new double[] {0.5, 0, 0.5}, target(pixel, 1), 1e-6);
    assertArrayEquals(new double[] {0.625, 0.125, 0.25}, target(pixel, 2), 1e-6);
  }

  @Test
  void overlappingRegionsCountTwice() {
    // One pixel; both teachers say (1/4, 3/4), the student says 1/3 each.
    double[][] says = {{0, (float) Math.log(3)}};
    double[][][] teachers = {says, says};
    double[][][] features = {{{1, 2}}};
    double[][][][] same = {{features[0], features[0]}};
    LossInputs inputs =
        new LossInputs(
            1,
            1,
            new int[] {1},
            new double[1][3],
            teachers,
            features,
            same,
            new int[1],
            new int[1]);
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT).run()) {
      // 1/4 log(3/4) + 3/4 log(9/4) = 0.5362771
      assertEquals(0.5362771, graph.logitTerms()[0], 1e-6);
      assertEquals(0.5362771, graph.logitTerms()[1], 1e-6);
      assertEquals(0, graph.logitTerms()[2]);
      assertEquals(2 * 0.5362771, graph.loss(), 1e-6);
      // 2/3 - 2/4, 2/3 - 3/4, 2/3 - 3/4
      assertArrayEquals(new float[] {1f / 6, -1f / 12, -1f / 12}, graph.logitGradient(), 1e-6f);
    }
  }

  @Test
  void anOrganThatIsNotThereCostsExactlyNothing() {
    LossInputs inputs = LossInputs.of(2, 3, 3).withoutOrgans().withOrgan(0, 0, 2, 4);
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT).run()) {
      assertTrue(graph.logitTerms()[0] > 0);
      assertTrue(graph.featureTerms()[0] > 0);
      assertEquals(0, graph.logitTerms()[1]);
      assertEquals(0, graph.featureTerms()[1]);
    }
  }

  @Test
  void backgroundWithoutWeightHasExactlyNoGradient() {
    LossInputs inputs =
        LossInputs.of(3, 3, 4).withoutOrgans().withOrgan(0, 0, 2, 4).withOrgan(2, 0, 7, 7);
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT.withBackgroundWeight(0)).run()) {
      float[] slopes = graph.logitGradient();
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
      assertEquals(0, graph.featureTerms()[0]);
      assertEquals(expected, graph.featureTerms()[1], 1e-6 * expected);
      assertTrue(graph.logitTerms()[1] > 0);
      assertTrue(Double.isFinite(graph.loss()));
      float[] slopes = graph.featureGradient();
      for (int i = 0; i < slopes.length; i++) {
        if (met && i / LossInputs.CHANNELS == position) {
          assertTrue(Float.isFinite(slopes[i]), "at " + i);
        } else {
          assertEquals(0f, slopes[i], "at " + i);
        }
      }
    }
  }

  @Test
  void aRegionThatIsTheWholeImageIsNormalisedAlikeEitherWay() {
    LossInputs inputs = LossInputs.of(2, 3, 8).withOrganEverywhere(0).withOrganEverywhere(1);
    Distillation region = Distillation.DEFAULT.withNormalization(LossNormalization.REGION);
    try (LossGraph byImage = inputs.graph(Distillation.DEFAULT).run();
        LossGraph byRegion = inputs.graph(region).run()) {
      assertEquals(byImage.loss(), byRegion.loss());
      assertArrayEquals(byImage.logitTerms(), byRegion.logitTerms());
      assertArrayEquals(byImage.featureTerms(), byRegion.featureTerms());
      assertArrayEquals(byImage.logitGradient(), byRegion.logitGradient());
      assertArrayEquals(byImage.featureGradient(), byRegion.featureGradient());
    }
  }

  @Test
  void anOrganOfOnePixelCountsFullyInItsRegion() {
    // The only pixel of one of two slices: half the pixel's own divergence, not a 128th.
    LossInputs inputs = LossInputs.of(2, 3, 9).withoutOrgans().withOrgan(0, 1, 4, 2);
    int pixel = IMAGE + 4 * LossInputs.SIDE + 2;
    double expected =
        ReferenceLoss.divergence(
                ReferenceLoss.lift(inputs.teachers()[0][pixel], 0, 2, 1),
                ReferenceLoss.logSoftmax(inputs.logits()[pixel], 1))
            / 2;
    try (LossGraph graph =
        inputs.graph(Distillation.DEFAULT.withNormalization(LossNormalization.REGION)).run()) {
      assertEquals(expected, graph.logitTerms()[0], 1e-6 * expected);
      assertEquals(0, graph.logitTerms()[1]);
      assertEquals(0, graph.featureTerms()[1]);
    }
  }

  @Test
  void withoutMasksEveryTermCountsEverywhere() {
    // A student that says what the teacher does not believe, where no teacher sees its organ.
    LossInputs inputs = LossInputs.of(2, 3, 12).withoutOrgans();
    try (LossGraph masked = inputs.graph(Distillation.DEFAULT).run();
        LossGraph unmasked =
            inputs.graph(Distillation.DEFAULT.withRegions(Regions.DEFAULT.unmasked())).run()) {
      for (int k = 0; k < 2; k++) {
        assertEquals(0, masked.logitTerms()[k]);
        assertEquals(0, masked.featureTerms()[k]);
        assertTrue(unmasked.logitTerms()[k] > 0.1);
        assertTrue(unmasked.featureTerms()[k] > 0.1);
      }
      assertEquals(masked.logitTerms()[2], unmasked.logitTerms()[2]);
    }
  }
}
