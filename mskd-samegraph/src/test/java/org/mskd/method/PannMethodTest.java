package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.option.OptionValues;
import org.mskd.training.AdamOptimizer;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;

class PannMethodTest {
  private static final PannMethod METHOD = new PannMethod();
  private static final List<Double> SHARES = List.of(0.3, 0.2);
  private static final double[] Q = {0.5, 0.3, 0.2};

  private static Trainer trainer(int iterations, int forcedSlots, String... options) {
    return METHOD.trainer(
        new TrainingContext(
            SmallTraining.NETWORK,
            SmallTraining.ORGANS,
            SmallTraining.BATCH,
            SmallTraining.SIDE,
            new WeightInit(9),
            iterations,
            forcedSlots,
            SHARES),
        SmallTraining.options(METHOD, options));
  }

  private static GraphSession session(Trainer trainer) {
    return trainer.models().get(0).session();
  }

  private static double[][] probabilities(Trainer trainer, TensorBatch batch) {
    return SmallTraining.probabilities(trainer, HostFloats.copy(batch.get(TensorBatch.IMAGE)), 1);
  }

  /** The mean prediction over the first slots. */
  private static double[] mean(double[][] p, int slots) {
    double[] mean = new double[SmallTraining.CHANNELS];
    int pixels = slots * SmallTraining.AREA;
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += p[i][c] / pixels;
      }
    }
    return mean;
  }

  private static double prior(double[] p) {
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      sum -= Q[c] * Math.log(p[c]) + (1 - Q[c]) * Math.log(1 - p[c]);
    }
    return sum;
  }

  /** Cross-entropy on own pseudo-labels: the spleen is annotated in the first slice alone. */
  private static double pseudoCrossEntropy(double[][] p) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double own;
      if (i < SmallTraining.AREA / 2) {
        own = p[i][2];
      } else if (i < SmallTraining.AREA) {
        own = Math.max(p[i][0], p[i][1]);
      } else {
        own = Math.max(Math.max(p[i][0], p[i][1]), p[i][2]);
      }
      sum -= Math.log(own);
    }
    return sum / p.length;
  }

  private static double[] shares(StepResult result) {
    return new double[] {
      result.terms().get("share.background"),
      result.terms().get("share.liver"),
      result.terms().get("share.spleen")
    };
  }

  /** Marginal loss alone in the first half, then both terms with their weights. */
  @Test
  void warmsUpOnLabelsAlone() {
    try (Trainer trainer = trainer(4, 0, "pseudoLabelWeight", "2", "priorWeight", "0.3")) {
      for (int iteration = 0; iteration < 4; iteration++) {
        TensorBatch batch = SmallTraining.batch(iteration, iteration);
        Map<String, Double> terms = new TreeMap<>();
        StepResult result = trainer.step(batch);
        terms.putAll(result.terms());
        double[][] p = probabilities(trainer, batch);
        double labels = SmallTraining.marginalCrossEntropy(p) + SmallTraining.marginalDiceLoss(p);
        double pseudo = terms.get("crossEntropy") + terms.get("diceLoss");
        assertEquals(pseudoCrossEntropy(p), terms.get("crossEntropy"), 1e-5);
        assertEquals(prior(shares(result)), terms.get("prior"), 1e-5);
        assertEquals(
            iteration < 2 ? labels : 2 * pseudo + 0.3 * terms.get("prior"), result.loss(), 1e-5);
      }
    }
  }

  /** In the warm-up the gradient is that of a training without the other terms. */
  @Test
  void theOtherTermsHaveNoGradientInTheWarmUp() {
    MarginalMethod marginal = new MarginalMethod();
    try (Trainer trainer = trainer(2, 0);
        Trainer alone = SmallTraining.trainer(marginal, "exclusionWeight", "0")) {
      TensorBatch batch = SmallTraining.batch(0, 3);
      trainer.step(batch);
      alone.step(batch);
      for (String name : session(alone).parameters()) {
        float[] expected = HostFloats.copy(session(alone).gradient(name));
        assertArrayEquals(expected, HostFloats.copy(session(trainer).gradient(name)), 1e-7f, name);
      }
    }
  }

  /**
   * Of both terms: with no memory the prior's gradient is that of the reported loss, and with all
   * organs annotated no pseudo-label changes between two steps.
   */
  @Test
  void theGradientIsTheLossesSlope() {
    try (Trainer trainer = trainer(1, 0, "warmUp", "0", "priorWeight", "2", "meanMomentum", "0")) {
      TensorBatch batch = SmallTraining.batch(0, 4);
      HostFloats.fill(batch.get(TensorBatch.ANNOTATED), new float[] {1, 1, 1, 1});
      SmallTraining.checkSlope(trainer, batch);
    }
  }

  /** Exponential weights 1, m, m² ... of the last batches, over their sum; unforced slots alone. */
  @Test
  void theRunningMeanIsByHand() {
    double m = 0.6;
    try (Trainer trainer = trainer(8, 1, "meanMomentum", "0.6")) {
      List<double[]> means = new ArrayList<>();
      for (int iteration = 0; iteration < 4; iteration++) {
        TensorBatch batch = SmallTraining.batch(iteration, 10 + iteration);
        StepResult result = trainer.step(batch);
        means.add(0, mean(probabilities(trainer, batch), 1));
        double[] expected = new double[SmallTraining.CHANNELS];
        double weights = 0;
        for (int age = 0; age < means.size(); age++) {
          weights += Math.pow(m, age);
          for (int c = 0; c < expected.length; c++) {
            expected[c] += Math.pow(m, age) * means.get(age)[c];
          }
        }
        for (int c = 0; c < expected.length; c++) {
          assertEquals(expected[c] / weights, shares(result)[c], 1e-6, "iteration " + iteration);
        }
      }
    }
  }

  @Test
  void resumesToTheSameBits() {
    List<StepResult> whole = new ArrayList<>();
    List<Tensor> state;
    Map<String, float[]> parameters = new TreeMap<>();
    try (Trainer trainer = trainer(8, 1, "warmUp", "0.25")) {
      AdamOptimizer optimizer = new AdamOptimizer(session(trainer));
      for (int iteration = 0; iteration < 4; iteration++) {
        trainer.step(SmallTraining.batch(iteration, iteration));
        optimizer.step(1e-2);
      }
      state = trainer.state();
      for (String name : session(trainer).parameters()) {
        parameters.put(name, HostFloats.copy(session(trainer).parameter(name)));
      }
      for (int iteration = 4; iteration < 7; iteration++) {
        whole.add(trainer.step(SmallTraining.batch(iteration, iteration)));
      }
    }
    assertEquals(1, state.size());
    List<StepResult> resumed = new ArrayList<>();
    try (Trainer trainer = trainer(8, 1, "warmUp", "0.25")) {
      assertEquals(
          state.stream().map(Tensor::toString).toList(),
          trainer.state().stream().map(Tensor::toString).toList(),
          "names and shapes before the first step");
      parameters.forEach(
          (name, values) -> HostFloats.fill(session(trainer).parameter(name), values));
      trainer.restore(Map.of(state.get(0).name(), state.get(0)));
      assertEquals(state, trainer.state());
      for (int iteration = 4; iteration < 7; iteration++) {
        resumed.add(trainer.step(SmallTraining.batch(iteration, iteration)));
      }
    }
    assertEquals(whole, resumed);
  }

  @Test
  void withoutThePriorNoSizesAreRequired() {
    OptionValues none = SmallTraining.options(METHOD, "priorWeight", "0", "sizePrior", "0.1 0.1");
    assertEquals(Optional.empty(), METHOD.requires(none).sizePrior());
    assertEquals(SmallTraining.options(METHOD, "priorWeight", "0"), METHOD.effective(none));
    assertTrue(METHOD.requires(SmallTraining.options(METHOD)).measuresSizes());
    Requirements given = METHOD.requires(SmallTraining.options(METHOD, "sizePrior", "0.1, 0.2"));
    assertFalse(given.measuresSizes());
    assertEquals(List.of(0.1, 0.2), given.sizePrior().orElseThrow().given());
    OptionValues onlyWarmUp =
        SmallTraining.options(METHOD, "warmUp", "1", "pseudoLabelWeight", "3", "priorWeight", "0");
    assertEquals(SmallTraining.options(METHOD, "warmUp", "1"), METHOD.effective(onlyWarmUp));
    try (Trainer trainer =
        METHOD.trainer(
            SmallTraining.context(), SmallTraining.options(METHOD, "priorWeight", "0"))) {
      assertEquals(4, trainer.step(SmallTraining.batch(0, 5)).terms().size());
      assertEquals(List.of(), trainer.state());
      trainer.restore(Map.of());
    }
  }

  @Test
  void theDefaults() {
    assertEquals(
        Map.of(
            "pseudoLabelWeight", "1",
            "priorWeight", "0.1",
            "sizePrior", "measured",
            "warmUp", "0.5",
            "meanMomentum", "0.99"),
        OptionValues.defaults(METHOD.options()).texts());
  }
}
