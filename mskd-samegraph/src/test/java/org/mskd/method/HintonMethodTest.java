package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.option.OptionValues;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;

class HintonMethodTest {
  private static final HintonMethod METHOD = new HintonMethod();

  /** Both terms and their weights, from the network's own output. */
  @Test
  void theLossIsItsFormula() {
    try (Trainer trainer = SmallTraining.trainer(METHOD, "temperature", "3", "softWeight", "0.8")) {
      TensorBatch batch = SmallTraining.batch(0, 1);
      StepResult result = trainer.step(batch);
      float[] images = HostFloats.copy(batch.get(TensorBatch.IMAGE));
      double soft =
          SmallTraining.divergence(
              SmallTraining.merged(batch, 3), SmallTraining.probabilities(trainer, images, 3));
      double hard =
          SmallTraining.marginalCrossEntropy(SmallTraining.probabilities(trainer, images, 1));
      assertEquals(Set.of("soft", "crossEntropy"), result.terms().keySet());
      assertEquals(soft, result.terms().get("soft"), 1e-5);
      assertEquals(hard, result.terms().get("crossEntropy"), 1e-5);
      assertEquals(0.8 * 9 * soft + 0.2 * hard, result.loss(), 1e-4);
    }
  }

  @Test
  void theGradientIsTheLossesSlope() {
    try (Trainer trainer = SmallTraining.trainer(METHOD)) {
      SmallTraining.checkSlope(trainer, SmallTraining.batch(0, 2));
    }
  }

  @Test
  void thePapersDefaults() {
    assertEquals(
        Map.of("temperature", "2", "softWeight", "0.5"),
        OptionValues.defaults(METHOD.options()).texts());
  }

  /** What has no weight is neither required nor computed. */
  @Test
  void requiresWhatItLearnsFrom() {
    Requirements both = METHOD.requires(SmallTraining.options(METHOD));
    assertTrue(both.needsLabels() && both.teachers().orElseThrow().features().isEmpty());
    OptionValues softAlone = SmallTraining.options(METHOD, "softWeight", "1");
    assertFalse(METHOD.requires(softAlone).needsLabels());
    OptionValues hardAlone = SmallTraining.options(METHOD, "softWeight", "0", "temperature", "5");
    assertTrue(METHOD.requires(hardAlone).teachers().isEmpty());
    assertEquals(SmallTraining.options(METHOD, "softWeight", "0"), METHOD.effective(hardAlone));
    for (OptionValues one : java.util.List.of(softAlone, hardAlone)) {
      try (Trainer trainer = METHOD.trainer(SmallTraining.context(), one)) {
        assertEquals(1, trainer.step(SmallTraining.batch(0, 3)).terms().size());
      }
    }
  }
}
