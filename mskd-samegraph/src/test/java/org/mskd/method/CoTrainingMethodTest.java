package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.option.OptionValues;
import org.mskd.training.AdamOptimizer;
import org.mskd.training.NetworkWeights;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.TrainableModel;
import org.mskd.training.Trainer;
import org.nd4j.linalg.factory.Nd4j;

class CoTrainingMethodTest {
  private static final int SIZE = 16;
  private static final int BATCH = 3;
  private static final TrainingContext CONTEXT =
      new TrainingContext(
          new Network(4, 2, Normalization.INSTANCE),
          List.of("one", "two"),
          BATCH,
          SIZE,
          new WeightInit(3));

  private static Trainer trainer(Map<String, String> options) {
    CoTrainingMethod method = new CoTrainingMethod();
    return method.trainer(CONTEXT, OptionValues.of(method.options(), new TreeMap<>(options)));
  }

  /** A slot of a single-organ set, one of a set of all organs, one without labels. */
  private static TensorBatch batch(int iteration, float... annotated) {
    SplittableRandom random = new SplittableRandom(17);
    int pixels = BATCH * SIZE * SIZE;
    float[] images = new float[pixels];
    float[] margins = new float[2 * pixels];
    float[] label = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      int slot = i / (SIZE * SIZE);
      int x = i % SIZE;
      images[i] = (float) random.nextDouble(-1, 1);
      margins[2 * i] = x < 5 ? 2 : -2;
      margins[2 * i + 1] = x > 10 ? 1 : -3;
      int seen = x < 5 ? 1 : x > 10 ? 2 : 0;
      label[i] = seen > 0 && annotated[slot * 2 + seen - 1] == 1 ? seen : 0;
    }
    long[] shape = {BATCH, SIZE, SIZE};
    return new TensorBatch(
        iteration,
        Map.of(
            TensorBatch.IMAGE,
            Nd4j.create(images, new long[] {BATCH, SIZE, SIZE, 1}, 'c'),
            TensorBatch.LABEL,
            Nd4j.create(label, shape, 'c'),
            TensorBatch.ANNOTATED,
            Nd4j.create(annotated, new long[] {BATCH, 2}, 'c'),
            TensorBatch.MARGINS,
            Nd4j.create(margins, new long[] {BATCH, SIZE, SIZE, 2}, 'c')),
        List.of("a", "b", "c"));
  }

  private static TensorBatch batch(int iteration) {
    return batch(iteration, 1, 0, 1, 1, 0, 0);
  }

  private static Map<String, float[]> gradients(TrainableModel model) {
    Map<String, float[]> found = new TreeMap<>();
    GraphSession session = model.session();
    for (String name : session.parameters()) {
      found.put(name, HostFloats.copy(session.gradient(name)));
    }
    return found;
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> found) {
    expected.forEach((name, values) -> assertArrayEquals(values, found.get(name), name));
  }

  private static boolean differ(Map<String, float[]> one, Map<String, float[]> other) {
    return one.entrySet().stream()
        .anyMatch(entry -> !Arrays.equals(entry.getValue(), other.get(entry.getKey())));
  }

  /** The state, with one average's weights multiplied. */
  private static Map<String, Tensor> state(Trainer trainer, String average, float factor) {
    Map<String, Tensor> state = new TreeMap<>();
    for (Tensor tensor : trainer.state()) {
      float[] values = tensor.values().clone();
      for (int i = 0; tensor.name().startsWith(average) && i < values.length; i++) {
        values[i] *= factor;
      }
      state.put(tensor.name(), new Tensor(tensor.name(), tensor.shape(), values));
    }
    return state;
  }

  @Test
  void theFirstNetworkBeginsLikeAllStudentsAndTheSecondDoesNot() {
    try (Trainer trainer = trainer(Map.of());
        GraphTrainer plain =
            GraphTrainer.of(CONTEXT, List.of(DiceCrossEntropyObjective.ofLabels()))) {
      List<Tensor> weights = NetworkWeights.of(plain.session());
      List<TrainableModel> models = trainer.models();
      assertEquals(weights, NetworkWeights.of(models.get(0).session()));
      assertNotEquals(weights, NetworkWeights.of(models.get(1).session()));
      assertEquals(weights, trainer.weights(), "the result is the first one's average");
    }
  }

  /** Changing one average changes the gradient of the other network alone, and no average. */
  @Test
  void eachLearnsFromTheOthersAverage() {
    for (String changed : List.of("firstAverage/", "secondAverage/")) {
      int learner = changed.startsWith("first") ? 1 : 0;
      try (Trainer trainer = trainer(Map.of("rampUp", "0"))) {
        trainer.step(batch(0));
        List<Map<String, float[]>> before =
            trainer.models().stream().map(CoTrainingMethodTest::gradients).toList();
        Map<String, Tensor> state = state(trainer, changed, 0.5f);
        trainer.restore(state);
        trainer.step(batch(0));
        List<Map<String, float[]>> after =
            trainer.models().stream().map(CoTrainingMethodTest::gradients).toList();
        assertTrue(differ(before.get(learner), after.get(learner)), changed);
        assertSame(before.get(1 - learner), after.get(1 - learner));
        assertEquals(new ArrayList<>(state.values()), trainer.state(), "a step moves no average");
      }
    }
  }

  /** Without the soft term each network is trained as if alone. */
  @Test
  void withoutItsWeightThereIsNoOtherNetwork() {
    try (Trainer trainer = trainer(Map.of("softWeight", "0"))) {
      trainer.step(batch(0));
      Map<String, float[]> before = gradients(trainer.models().get(0));
      trainer.restore(state(trainer, "secondAverage/", 0.5f));
      trainer.step(batch(0));
      assertSame(before, gradients(trainer.models().get(0)));
    }
  }

  /** Twice the weight of the soft term is twice its part of the loss; so is the ramp-up's. */
  @Test
  void theWeightRampsUp() {
    try (Trainer trainer = trainer(Map.of("rampUp", "100"))) {
      StepResult early = trainer.step(batch(0));
      StepResult half = trainer.step(batch(50));
      StepResult late = trainer.step(batch(100));
      double soft = late.terms().get("first.peer") + late.terms().get("second.peer");
      assertTrue(soft > 1e-3, "nothing to see: " + soft);
      assertEquals(early.terms(), late.terms(), "terms are reported without weights");
      assertEquals(0.1 * soft * (1 - Math.exp(-5)), late.loss() - early.loss(), 1e-5);
      assertEquals(0.1 * soft * (1 - Math.exp(-1.25)), late.loss() - half.loss(), 1e-5);
    }
  }

  /** The hard term alone where every organ is annotated; both where none is. */
  @Test
  void slotsOfAllKindsCount() {
    try (Trainer trainer = trainer(Map.of("rampUp", "0"))) {
      StepResult all = trainer.step(batch(0, 1, 1, 1, 1, 1, 1));
      StepResult none = trainer.step(batch(0, 0, 0, 0, 0, 0, 0));
      assertEquals(0, all.terms().get("first.peer"));
      assertTrue(none.terms().get("first.peer") > 1e-3);
      assertEquals(all.terms().get("first.focal"), none.terms().get("first.focal"), 1e-6);
    }
  }

  /** Ramp-up and dilation are the soft term's. */
  @Test
  void withoutTheSoftTermItsOptionsHaveNoEffect() {
    CoTrainingMethod method = new CoTrainingMethod();
    OptionValues none =
        SmallTraining.options(method, "softWeight", "0", "rampUp", "7", "dilation", "1");
    assertEquals(SmallTraining.options(method, "softWeight", "0"), method.effective(none));
    OptionValues some = SmallTraining.options(method, "rampUp", "7", "dilation", "1");
    assertEquals(some, method.effective(some));
    try (Trainer trainer = trainer(Map.of("softWeight", "0"))) {
      StepResult step = trainer.step(batch(0, 0, 0, 0, 0, 0, 0));
      assertFalse(step.terms().containsKey("first.peer"), step.terms()::toString);
      double hard = 0;
      for (String network : List.of("first.", "second.")) {
        hard += step.terms().get(network + "focal") + 0.1 * step.terms().get(network + "diceLoss");
      }
      assertEquals(hard, step.loss(), 1e-5);
    }
  }

  @Test
  void averagesFollowTheirNetworks() {
    try (Trainer trainer = trainer(Map.of("averageDecay", "0.75", "averageWarmUp", "false"))) {
      List<AdamOptimizer> optimizers =
          trainer.models().stream().map(model -> new AdamOptimizer(model.session())).toList();
      Map<String, Tensor> before = state(trainer, "none", 1);
      trainer.step(batch(0));
      optimizers.forEach(optimizer -> optimizer.step(1e-2));
      trainer.afterUpdate(0);
      Map<String, Tensor> after = state(trainer, "none", 1);
      assertFalse(before.equals(after));
      for (TrainableModel model : trainer.models()) {
        for (Tensor weight : NetworkWeights.of(model.session())) {
          String name = model.name() + "Average/" + weight.name();
          for (int i = 0; i < weight.values().length; i++) {
            assertEquals(
                0.75 * before.get(name).values()[i] + 0.25 * weight.values()[i],
                after.get(name).values()[i],
                1e-7,
                name);
          }
        }
      }
    }
  }
}
