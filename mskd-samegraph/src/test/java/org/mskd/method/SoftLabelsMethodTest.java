package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.option.OptionValues;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;
import org.nd4j.linalg.api.ndarray.INDArray;

class SoftLabelsMethodTest {
  private static final SoftLabelsMethod METHOD = new SoftLabelsMethod();

  private static float[] strong(TensorBatch batch) {
    try (StrongView view = new StrongView(SmallTraining.context())) {
      return HostFloats.copy(view.extend(batch).get(StrongView.IMAGE));
    }
  }

  /**
   * The labels' part from the network's output for the weak view, the consistency from that for the
   * strong view, each as if the view were alone in the pass.
   */
  @Test
  void theLossIsItsFormula() {
    try (Trainer trainer =
        SmallTraining.trainer(METHOD, "temperature", "0.4", "consistencyWeight", "1.5")) {
      TensorBatch batch = SmallTraining.batch(3, 1);
      StepResult result = trainer.step(batch);
      double[][] weak =
          SmallTraining.probabilities(trainer, HostFloats.copy(batch.get(TensorBatch.IMAGE)), 1);
      double[][] strong = SmallTraining.probabilities(trainer, strong(batch), 1);
      double crossEntropy = SmallTraining.marginalCrossEntropy(weak);
      double dice = SmallTraining.marginalDiceLoss(weak);
      double consistency = SmallTraining.divergence(SmallTraining.merged(batch, 0.4), strong);
      assertEquals(crossEntropy, result.terms().get("crossEntropy"), 1e-5);
      assertEquals(dice, result.terms().get("diceLoss"), 1e-5);
      assertEquals(consistency, result.terms().get("consistency"), 1e-5);
      assertEquals(crossEntropy + dice + 1.5 * consistency, result.loss(), 1e-5);
    }
  }

  /** Of one set of parameters, through both views. */
  @Test
  void theGradientIsTheLossesSlope() {
    try (Trainer trainer = SmallTraining.trainer(METHOD)) {
      SmallTraining.checkSlope(trainer, SmallTraining.batch(0, 2));
    }
  }

  private static Map<String, List<Float>> gradients(Trainer trainer) {
    Map<String, List<Float>> all = new TreeMap<>();
    var session = trainer.models().get(0).session();
    for (String name : session.parameters()) {
      List<Float> values = new ArrayList<>();
      for (float value : HostFloats.copy(session.gradient(name))) {
        values.add(value);
      }
      all.put(name, values);
    }
    return all;
  }

  /** Another iteration has another strong view, and the same weak one. */
  @Test
  void withoutConsistencyTheStrongViewDoesNotMatter() {
    try (Trainer labels = SmallTraining.trainer(METHOD, "consistencyWeight", "0");
        Trainer both = SmallTraining.trainer(METHOD)) {
      StepResult first = labels.step(SmallTraining.batch(0, 4));
      Map<String, List<Float>> gradients = gradients(labels);
      assertEquals(first, labels.step(SmallTraining.batch(1, 4)));
      assertEquals(gradients, gradients(labels));
      StepResult one = both.step(SmallTraining.batch(0, 4));
      StepResult other = both.step(SmallTraining.batch(1, 4));
      assertEquals(one.terms().get("crossEntropy"), other.terms().get("crossEntropy"));
      assertEquals(first.terms().get("diceLoss"), other.terms().get("diceLoss"), 1e-6);
      assertNotEquals(one.terms().get("consistency"), other.terms().get("consistency"));
    }
  }

  /**
   * At its target the consistency has no gradient: nothing flows on into what made the target. The
   * margins are set to the student's own on the strong view, at T = 1.
   */
  @Test
  void theTargetIsAConstant() {
    try (Trainer trainer = SmallTraining.trainer(METHOD, "temperature", "1");
        Trainer labels = SmallTraining.trainer(METHOD, "consistencyWeight", "0")) {
      TensorBatch batch = SmallTraining.batch(0, 5);
      double[][] p = SmallTraining.probabilities(trainer, strong(batch), 1);
      float[] own = new float[2 * p.length];
      for (int i = 0; i < own.length; i++) {
        own[i] = (float) (Math.log(p[i / 2][1 + i % 2]) - Math.log(p[i / 2][0]));
      }
      INDArray margins = batch.get(TensorBatch.MARGINS);
      HostFloats.fill(margins, own);
      assertEquals(0, trainer.step(batch).terms().get("consistency"), 1e-6);
      assertArrayEquals(own, HostFloats.copy(margins), "targets are an input");
      labels.step(batch);
      Map<String, List<Float>> expected = gradients(labels);
      gradients(trainer)
          .forEach(
              (name, values) -> {
                for (int i = 0; i < values.size(); i++) {
                  assertEquals(expected.get(name).get(i), values.get(i), 1e-4, name);
                }
              });
    }
  }

  @Test
  void thePapersDefaults() {
    assertEquals(
        Map.of("temperature", "0.5", "consistencyWeight", "1"),
        OptionValues.defaults(METHOD.options()).texts());
  }

  @Test
  void requiresTeachersForTheConsistencyAlone() {
    assertTrue(METHOD.requires(SmallTraining.options(METHOD)).teachers().isPresent());
    OptionValues labels =
        SmallTraining.options(METHOD, "consistencyWeight", "0", "temperature", "3");
    assertTrue(METHOD.requires(labels).teachers().isEmpty());
    assertTrue(METHOD.requires(labels).needsLabels());
    assertEquals(SmallTraining.options(METHOD, "consistencyWeight", "0"), METHOD.effective(labels));
  }
}
