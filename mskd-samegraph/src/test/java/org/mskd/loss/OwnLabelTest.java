package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Distillation;

/**
 * The marginal loss where each slice annotates one organ; its formula over batches is compared in
 * {@link LossComparison}.
 */
class OwnLabelTest {
  /** No region, no background: the label term alone. */
  private static final Distillation ALONE =
      Distillation.DEFAULT.withBackgroundWeight(0).withFeatureWeight(0).withLabelWeight(1);

  @Test
  void uniformLogitsByHand() {
    // K = 3: p_o = 1/4 everywhere. Slice 1 annotates organ 2 on half its pixels, slice 2 nothing.
    LossInputs inputs = LossInputs.of(3, 1, 1).withoutOrgans().annotating(2, 0);
    Arrays.stream(inputs.logits()).forEach(row -> Arrays.fill(row, 0));
    for (int i = 0; i < inputs.classes().length; i++) {
      inputs.classes()[i] = i % 2;
    }
    try (LossGraph graph = inputs.graph(ALONE.withLabelWeight(3)).run()) {
      double crossEntropy = (Math.log(4) + Math.log(4 / 3.0)) / 2;
      // 2·32/4 / (64/4 + 32) = 1/3
      assertEquals(crossEntropy, graph.labelTerms()[0], 1e-6);
      assertEquals(2 / 3.0, graph.labelTerms()[1], 1e-6);
      assertEquals(3 * (crossEntropy + 2 / 3.0), graph.loss(), 1e-5);
      float[] gradient = graph.logitGradient();
      for (int i = 64 * 4; i < gradient.length; i++) {
        assertEquals(0f, gradient[i], "unlabelled slice, at " + i);
      }
      // Pixel 0 is not the organ, pixel 1 is; the other channels cannot be told apart.
      assertTrue(gradient[2] > 0 && gradient[4 + 2] < 0, Arrays.toString(gradient));
      for (int pixel = 0; pixel < 2; pixel++) {
        assertEquals(-gradient[4 * pixel + 2] / 3, gradient[4 * pixel], 1e-9f);
        assertEquals(-gradient[4 * pixel + 2] / 3, gradient[4 * pixel + 1], 1e-9f);
        assertEquals(-gradient[4 * pixel + 2] / 3, gradient[4 * pixel + 3], 1e-9f);
      }
    }
  }

  @Test
  void diceIsOfAllSlicesThatAnnotateTheOrgan() {
    // The same batch annotated as one organ twice: one Dice over both slices, not the mean of two.
    LossInputs inputs = LossInputs.of(2, 3, 2).annotating(1, 1);
    Arrays.fill(inputs.classes(), 0, 64, 1);
    Arrays.fill(inputs.classes(), 64, 128, 0);
    double overlap = 0;
    double size = 64;
    for (int i = 0; i < 128; i++) {
      double p = ReferenceLoss.softmax(inputs.logits()[i], 1)[1];
      overlap += i < 64 ? p : 0;
      size += p;
    }
    try (LossGraph graph = inputs.graph(ALONE).run()) {
      assertEquals(1 - 2 * overlap / size, graph.labelTerms()[1], 1e-6);
    }
  }

  @Test
  void withoutLabelsItIsExactlyZero() {
    LossInputs inputs = LossInputs.of(2, 3, 3).withoutOrgans().annotating(0, 0);
    try (LossGraph graph = inputs.graph(ALONE).run()) {
      assertEquals(0, graph.loss());
      assertArrayEquals(new double[2], graph.labelTerms());
      for (float slope : graph.logitGradient()) {
        assertEquals(0f, slope);
      }
    }
  }

  @Test
  void ofOneOrganIsTheTeachersLoss() {
    LossInputs inputs = LossInputs.of(1, 3, 4).withoutOrgans().annotating(1, 1);
    try (LossGraph graph = inputs.graph(ALONE).run()) {
      double expected = ReferenceLoss.diceCrossEntropy(inputs.logits(), inputs.classes());
      assertEquals(expected, graph.loss(), 1e-5 * expected);
    }
  }
}
