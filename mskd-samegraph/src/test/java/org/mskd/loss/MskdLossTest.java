package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.experiment.Distillation;

/** The graph form of the MS-KD loss against the double reference and the closed-form gradients. */
class MskdLossTest {
  private static final int CHANNELS = LossInputs.CHANNELS;

  private static void assertClose(double expected, double actual, String message) {
    assertEquals(expected, actual, 1e-5 * Math.abs(expected) + 1e-7, message);
  }

  private static void compare(LossInputs inputs, Distillation weights, String message) {
    double[] logitTerms =
        ReferenceLoss.logitTerms(inputs.logits(), inputs.teachers(), weights.temperature());
    double[] featureTerms =
        ReferenceLoss.featureTerms(inputs.features(), inputs.teacherFeatures(), inputs.masks());
    double total = 0;
    int organs = inputs.teachers().length;
    try (LossGraph graph = inputs.graph(weights).run()) {
      for (int t = 0; t <= organs; t++) {
        assertClose(logitTerms[t], graph.terms("logitTerms")[t], message + " logit term " + t);
        total += logitTerms[t] * (t < organs ? 1 : weights.backgroundWeight());
      }
      for (int k = 0; k < organs; k++) {
        assertClose(featureTerms[k], graph.terms("featureTerms")[k], message + " feature " + k);
        total += weights.featureWeight() * featureTerms[k];
      }
      assertClose(total, graph.loss(), message + " total");
      assertTrue(graph.loss() >= -1e-7, message + " negative " + graph.loss());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void equalsTheReferenceOnRandomInput(int organs) {
    for (long seed = 0; seed < 5; seed++) {
      compare(
          LossInputs.of(organs, 3, seed), Distillation.DEFAULT, "K=" + organs + " seed " + seed);
      compare(
          LossInputs.of(organs, 3, seed),
          Distillation.DEFAULT
              .withBackgroundWeight(0.3)
              .withFeatureWeight(2.5)
              .withTemperature(2.0),
          "T=2, K=" + organs + " seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void equalsTheReferenceOnExtremeLogits(int organs) {
    for (long seed = 0; seed < 5; seed++) {
      compare(
          LossInputs.of(organs, 80, seed), Distillation.DEFAULT, "K=" + organs + " seed " + seed);
    }
  }

  @Test
  void isExactlyZeroWhereNoTeacherSeesItsOrganAndBackgroundHasNoWeight() {
    LossInputs inputs = LossInputs.of(3, 2, 7).withoutOrgans();
    try (LossGraph graph = inputs.graph(Distillation.DEFAULT.withBackgroundWeight(0)).run()) {
      assertEquals(0, graph.loss());
      assertArrayEquals(new double[3], graph.terms("featureTerms"));
      for (String parameter : new String[] {"logits", "features"}) {
        for (float slope : graph.gradient(parameter)) {
          assertEquals(0f, slope);
        }
      }
    }
  }

  @Test
  void gradientsAreTheClosedForms() {
    double lambda1 = 0.7;
    double lambda2 = 3;
    int organs = 3;
    for (long seed = 20; seed < 23; seed++) {
      LossInputs inputs = LossInputs.of(organs, 3, seed);
      boolean[][] masks = inputs.masks();
      try (LossGraph graph =
          inputs
              .graph(Distillation.DEFAULT.withBackgroundWeight(lambda1).withFeatureWeight(lambda2))
              .run()) {
        float[] slopes = graph.gradient("logits");
        int pixels = inputs.logits().length;
        for (int i = 0; i < pixels; i++) {
          double[] expected = new double[organs + 1];
          double[] student = ReferenceLoss.softmax(inputs.logits()[i], 1);
          double[] mean = new double[organs + 1];
          boolean background = true;
          for (int k = 0; k < organs; k++) {
            double[] lifted = ReferenceLoss.lift(inputs.teachers()[k][i], k, organs, 1);
            boolean region = ReferenceLoss.region(inputs.teachers()[k][i]);
            background &= !region;
            for (int c = 0; c <= organs; c++) {
              mean[c] += lifted[c] / organs;
              expected[c] += region ? (student[c] - lifted[c]) / pixels : 0;
            }
          }
          for (int c = 0; c <= organs; c++) {
            double slope =
                expected[c] + (background ? lambda1 * (student[c] - mean[c]) / pixels : 0);
            assertClose(slope, slopes[i * (organs + 1) + c], "seed " + seed + " pixel " + i);
          }
        }
        float[] featureSlopes = graph.gradient("features");
        int positions = inputs.features().length;
        for (int i = 0; i < positions; i++) {
          double[] expected = new double[CHANNELS];
          double[] student = ReferenceLoss.softmax(inputs.features()[i], 1);
          Integer[] order = ReferenceLoss.order(inputs.features()[i]);
          for (int k = 0; k < organs; k++) {
            if (masks[k][i]) {
              double[] target = ReferenceLoss.softmax(inputs.teacherFeatures()[k][i], 1);
              Arrays.sort(target);
              for (int rank = 0; rank < CHANNELS; rank++) {
                int c = order[rank];
                expected[c] += lambda2 * (student[c] - target[rank]) / positions;
              }
            }
          }
          for (int c = 0; c < CHANNELS; c++) {
            assertClose(
                expected[c], featureSlopes[i * CHANNELS + c], "seed " + seed + " position " + i);
          }
        }
      }
    }
  }

  @Test
  void gradientsAreFiniteDifferencesOfTheReference() {
    LossInputs inputs = LossInputs.of(2, 2, 31);
    Distillation weights =
        Distillation.DEFAULT.withBackgroundWeight(0.5).withFeatureWeight(4).withTemperature(1.5);
    try (LossGraph graph = inputs.graph(weights).run()) {
      float[] logitSlopes = graph.gradient("logits");
      float[] featureSlopes = graph.gradient("features");
      for (int i = 0; i < 40; i++) {
        for (int c = 0; c < 3; c++) {
          double slope = difference(inputs, weights, inputs.logits()[i], c);
          assertEquals(slope, logitSlopes[i * 3 + c], 1e-6, "logit " + i + "," + c);
        }
      }
      for (int i = 0; i < inputs.features().length; i++) {
        for (int c = 0; c < CHANNELS; c++) {
          double slope = difference(inputs, weights, inputs.features()[i], c);
          assertEquals(slope, featureSlopes[i * CHANNELS + c], 1e-6, "feature " + i + "," + c);
        }
      }
    }
  }

  private static double difference(LossInputs inputs, Distillation weights, double[] row, int c) {
    double step = 1e-5;
    double kept = row[c];
    row[c] = kept + step;
    double above = total(inputs, weights);
    row[c] = kept - step;
    double below = total(inputs, weights);
    row[c] = kept;
    return (above - below) / (2 * step);
  }

  private static double total(LossInputs inputs, Distillation weights) {
    double[] logit =
        ReferenceLoss.logitTerms(inputs.logits(), inputs.teachers(), weights.temperature());
    double[] feature =
        ReferenceLoss.featureTerms(inputs.features(), inputs.teacherFeatures(), inputs.masks());
    return logit[0]
        + logit[1]
        + weights.backgroundWeight() * logit[2]
        + weights.featureWeight() * (feature[0] + feature[1]);
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
      for (float slope : graph.gradient("logits")) {
        assertEquals(0, slope, 1e-9);
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
      assertClose(expected, graph.loss(), "binary distillation");
    }
  }

  @Test
  void tiedAndDeadChannelsAreDefined() {
    LossInputs inputs = LossInputs.of(2, 3, 13);
    for (int i = 0; i < inputs.features().length; i++) {
      Arrays.fill(inputs.features()[i], 0);
      Arrays.fill(inputs.teacherFeatures()[i % 2][i], -0.0);
    }
    compare(inputs, Distillation.DEFAULT, "ties");
  }
}
