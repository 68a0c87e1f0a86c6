package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;

/** The graph form of the MS-KD loss against the double reference, and that against its slopes. */
class MskdLossTest {
  private static final int CHANNELS = LossInputs.CHANNELS;

  @Test
  void everyCombinationOfSwitchesEqualsTheReference() {
    assertEquals(6 * LossComparison.settings().size(), LossComparison.everyCombination());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void theSourcesLossEqualsTheReference(int organs) {
    for (double spread : new double[] {3, 80}) {
      for (long seed = 0; seed < 5; seed++) {
        LossComparison.compare(
            LossInputs.of(organs, spread, seed),
            Distillation.DEFAULT,
            "K=" + organs + " spread " + spread + " seed " + seed);
      }
    }
  }

  /** Blocks of 2048 pixels end inside slices of 1600 and of 400. */
  @Test
  void slicesThatEndInsideABlockEqualTheReference() {
    Distillation settings =
        Distillation.DEFAULT
            .withLabelWeight(0.5)
            .withNormalization(LossNormalization.REGION)
            .withRegions(new Regions(true, Overlap.WINNER, MaskDownsampling.MAJORITY));
    for (long seed = 90; seed < 92; seed++) {
      LossInputs inputs = LossInputs.of(3, 40, 3, 3, seed, 2).annotating(2, 0, 2);
      LossComparison.compare(inputs, settings, "seed " + seed);
    }
  }

  @Test
  void isExactlyZeroWhereNoTeacherSeesItsOrganAndBackgroundHasNoWeight() {
    LossInputs inputs = LossInputs.of(3, 2, 7).withoutOrgans();
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT.withBackgroundWeight(0)).run()) {
      assertEquals(0, graph.loss());
      assertArrayEquals(new double[3], graph.featureTerms());
      for (float[] gradient : List.of(graph.logitGradient(), graph.featureGradient())) {
        for (float slope : gradient) {
          assertEquals(0f, slope);
        }
      }
    }
  }

  /** The closed forms, which the graph's gradients are compared with, are slopes of the loss. */
  @Test
  void closedFormsAreFiniteDifferencesOfTheReference() {
    List<Distillation> all = LossComparison.settings();
    for (int index = 0; index < all.size(); index += 5) {
      Distillation settings = all.get(index);
      int[] strides = settings.features().levels().stream().mapToInt(level -> 1 << level).toArray();
      LossInputs inputs = LossInputs.of(1 + index % 4, 2, index, strides).annotating(1, 1);
      String message = "seed " + index + " " + settings;
      SplittableRandom random = new SplittableRandom(index);
      double[][] byLogits = ReferenceGradient.logits(inputs, settings);
      for (int n = 0; n < 12; n++) {
        int i =
            place(random, n, byLogits.length, (k, p) -> inside(inputs, settings, k, p, 1), inputs);
        int c = random.nextInt(byLogits[0].length);
        double slope = difference(inputs, settings, inputs.logits()[i], c);
        assertEquals(slope, byLogits[i][c], 1e-8, message + " logit " + i + "," + c);
      }
      for (int l = 0; settings.usesFeatures() && l < strides.length; l++) {
        double[][] byFeatures = ReferenceGradient.features(inputs, l, settings);
        int stride = strides[l];
        for (int n = 0; n < 12; n++) {
          int i =
              place(
                  random,
                  n,
                  byFeatures.length,
                  (k, p) -> inside(inputs, settings, k, p, stride),
                  inputs);
          int c = random.nextInt(CHANNELS);
          double slope = difference(inputs, settings, inputs.maps()[l][i], c);
          assertEquals(slope, byFeatures[i][c], 1e-8, message + " feature " + i + "," + c);
        }
      }
    }
  }

  private static boolean inside(
      LossInputs inputs, Distillation settings, int k, int place, int stride) {
    return ReferenceRegions.inside(inputs, settings.regions(), k, place, stride);
  }

  /** Every other time inside an organ's region, where there is one: elsewhere slopes may be 0. */
  private static int place(
      SplittableRandom random,
      int n,
      int places,
      BiPredicate<Integer, Integer> inside,
      LossInputs inputs) {
    int[] organ =
        IntStream.range(0, places)
            .filter(p -> IntStream.range(0, inputs.organs()).anyMatch(k -> inside.test(k, p)))
            .toArray();
    return n % 2 == 0 || organ.length == 0
        ? random.nextInt(places)
        : organ[random.nextInt(organ.length)];
  }

  private static double difference(LossInputs inputs, Distillation settings, double[] row, int c) {
    double step = 1e-5;
    double kept = row[c];
    row[c] = kept + step;
    double above = ReferenceLoss.total(inputs, settings);
    row[c] = kept - step;
    double below = ReferenceLoss.total(inputs, settings);
    row[c] = kept;
    return (above - below) / (2 * step);
  }

  @Test
  void isZeroWhenTheOnlyTeacherIsTheStudent() {
    LossInputs inputs = LossInputs.of(1, 4, 5);
    for (int i = 0; i < inputs.logits().length; i++) {
      inputs.teachers()[0][i] = inputs.logits()[i].clone();
    }
    for (int i = 0; i < inputs.features().length; i++) {
      // The same values in other channels: sorting makes them equal.
      for (int c = 0; c < CHANNELS; c++) {
        inputs.teacherFeatures()[0][i][c] = inputs.features()[i][(c + 2) % CHANNELS];
      }
    }
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT).run()) {
      assertEquals(0, graph.loss(), 1e-7);
      for (float slope : graph.logitGradient()) {
        assertEquals(0, slope, 1e-9);
      }
    }
  }

  /**
   * K organs in regions apart; where a target is 0 the student says e^-200. Each teacher has the
   * student's features in channels of its own.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void isZeroWhenTheStudentEqualsTheTargets(int organs) {
    Regions apart = new Regions(true, Overlap.WINNER, MaskDownsampling.NEAREST);
    Distillation settings = Distillation.DEFAULT.withRegions(apart);
    LossInputs inputs = LossInputs.of(organs, 3, 14);
    for (int i = 0; i < inputs.logits().length; i++) {
      int region = 0;
      while (!ReferenceRegions.inside(inputs, apart, region, i)) {
        region++;
      }
      double[] target = ReferenceLoss.target(inputs, region, i, 1);
      Arrays.setAll(inputs.logits()[i], c -> target[c] == 0 ? -200 : (float) Math.log(target[c]));
    }
    for (int i = 0; i < inputs.features().length; i++) {
      for (int k = 0; k < organs; k++) {
        for (int c = 0; c < CHANNELS; c++) {
          inputs.teacherFeatures()[k][i][c] = inputs.features()[i][(c + k + 1) % CHANNELS];
        }
      }
    }
    try (LossGraph graph = inputs.graph(settings).run()) {
      assertEquals(0, graph.loss(), 1e-7);
      for (float slope : graph.logitGradient()) {
        assertEquals(0, slope, 1e-8);
      }
      for (float slope : graph.featureGradient()) {
        assertEquals(0, slope, 1e-8);
      }
    }
  }

  @Test
  void oneOrganIsBinaryDistillationOverTheWholeImage() {
    LossInputs inputs = LossInputs.of(1, 3, 9);
    double expected = 0;
    for (int i = 0; i < inputs.logits().length; i++) {
      expected +=
          ReferenceLoss.divergence(
                  ReferenceLoss.softmax(inputs.teachers()[0][i], 1),
                  ReferenceLoss.logSoftmax(inputs.logits()[i], 1))
              / inputs.logits().length;
    }
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT.withFeatureWeight(0)).run()) {
      LossComparison.close(expected, graph.loss(), "binary distillation");
    }
  }

  @Test
  void temperatureScalesTheLogitTermsAlone() {
    // Logits and margins of T times the size at temperature T say the same; the terms are T²
    // larger.
    LossInputs inputs = LossInputs.of(2, 3, 10);
    LossInputs larger = LossInputs.of(2, 3, 10);
    Stream.concat(Stream.of(larger.logits()), Stream.of(larger.teachers()).flatMap(Stream::of))
        .forEach(row -> Arrays.setAll(row, c -> 4 * row[c]));
    try (LossGraph one = inputs.graph(Distillation.DEFAULT).run();
        LossGraph four = larger.graph(Distillation.DEFAULT.withTemperature(4)).run()) {
      for (int term = 0; term < 3; term++) {
        LossComparison.close(16 * one.logitTerms()[term], four.logitTerms()[term], "term " + term);
      }
      assertArrayEquals(one.featureTerms(), four.featureTerms());
    }
  }

  @Test
  void whatHasNoWeightIsNotInTheGraph() {
    LossInputs inputs = LossInputs.of(2, 3, 11);
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT.withFeatureWeight(0)).run()) {
      assertEquals(List.of("logits"), graph.session.parameters());
    }
  }
}
