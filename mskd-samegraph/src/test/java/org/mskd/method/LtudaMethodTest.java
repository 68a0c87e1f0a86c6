package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.mskd.training.NetworkWeights;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;
import org.nd4j.linalg.factory.Nd4j;

class LtudaMethodTest {
  private static final int SIZE = 16;
  private static final int BATCH = 3;
  private static final TrainingContext CONTEXT =
      new TrainingContext(
          new Network(4, 2, Normalization.INSTANCE),
          List.of("one", "two"),
          BATCH,
          SIZE,
          new WeightInit(3),
          4,
          0,
          List.of());

  private static Trainer trainer(Map<String, String> options) {
    LtudaMethod method = new LtudaMethod();
    return method.trainer(CONTEXT, OptionValues.of(method.options(), new TreeMap<>(options)));
  }

  private static TensorBatch batch(int iteration, float... annotated) {
    SplittableRandom random = new SplittableRandom(17);
    int pixels = BATCH * SIZE * SIZE;
    float[] images = new float[pixels];
    float[] label = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      int slot = i / (SIZE * SIZE);
      int seen = i % SIZE < 5 ? 1 : i % SIZE > 10 ? 2 : 0;
      images[i] = (float) random.nextDouble(-1, 1);
      label[i] = seen > 0 && annotated[slot * 2 + seen - 1] == 1 ? seen : 0;
    }
    return new TensorBatch(
        iteration,
        Map.of(
            TensorBatch.IMAGE,
            Nd4j.create(images, new long[] {BATCH, SIZE, SIZE, 1}, 'c'),
            TensorBatch.LABEL,
            Nd4j.create(label, new long[] {BATCH, SIZE, SIZE}, 'c'),
            TensorBatch.ANNOTATED,
            Nd4j.create(annotated, new long[] {BATCH, 2}, 'c')),
        List.of("a", "b", "c"));
  }

  private static TensorBatch batch(int iteration) {
    return batch(iteration, 1, 0, 0, 1, 0, 0);
  }

  private static Map<String, float[]> gradients(Trainer trainer) {
    Map<String, float[]> found = new TreeMap<>();
    GraphSession session = trainer.models().get(0).session();
    for (String name : session.parameters()) {
      found.put(name, HostFloats.copy(session.gradient(name)));
    }
    return found;
  }

  private static boolean zero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static Tensor prototypes(Trainer trainer) {
    return trainer.state().stream()
        .filter(tensor -> tensor.name().equals("prototypes"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void beginsLikeAllStudentsAndResultsInAUNet() {
    try (Trainer trainer = trainer(Map.of());
        GraphTrainer plain =
            GraphTrainer.of(CONTEXT, List.of(DiceCrossEntropyObjective.ofLabels()))) {
      List<Tensor> weights = NetworkWeights.of(plain.session());
      assertEquals(weights, trainer.weights());
      List<String> names =
          NetworkWeights.of(trainer.models().get(0).session()).stream().map(Tensor::name).toList();
      assertTrue(names.containsAll(weights.stream().map(Tensor::name).toList()));
      assertEquals(weights.size() + 10, names.size(), "projection and normalisations: " + names);
    }
  }

  /** The projection head learns from the first iteration with prototypes on; so do these move. */
  /** The emphasis ends where the alignment starts. */
  @Test
  void withAlignmentFromTheFirstIterationTheEmphasisHasNoEffect() {
    LtudaMethod method = new LtudaMethod();
    OptionValues at0 = SmallTraining.options(method, "alignmentStart", "0", "labelEmphasis", "3");
    assertEquals(SmallTraining.options(method, "alignmentStart", "0"), method.effective(at0));
    OptionValues at1 = SmallTraining.options(method, "alignmentStart", "1", "labelEmphasis", "3");
    assertEquals(at1, method.effective(at1));
  }

  @Test
  void prototypesCountFromTheirStart() {
    try (Trainer trainer = trainer(Map.of("alignmentStart", "0.5"))) {
      Tensor first = prototypes(trainer);
      StepResult before = trainer.step(batch(1));
      assertTrue(zero(gradients(trainer).get("projection.conv2.weight")));
      assertEquals(0, before.terms().get("unlabelled.crossEntropy"));
      trainer.afterUpdate(1);
      assertEquals(first, prototypes(trainer));
      StepResult after = trainer.step(batch(2));
      assertFalse(zero(gradients(trainer).get("projection.conv2.weight")));
      assertFalse(zero(gradients(trainer).get("prototypes.norm.scale")));
      assertTrue(after.terms().get("unlabelled.crossEntropy") > 0.01);
      assertEquals(first, prototypes(trainer), "a step moves none");
      trainer.afterUpdate(2);
      assertFalse(first.equals(prototypes(trainer)));
    }
  }

  /** L_w + Σ_v L_v + V L_p, with the six terms of L_p. */
  @Test
  void theLossIsTheSumOfItsTerms() {
    for (int views : new int[] {1, 3}) {
      try (Trainer trainer =
          trainer(Map.of("alignmentStart", "0", "strongViews", String.valueOf(views)))) {
        StepResult result = trainer.step(batch(0));
        Map<String, Double> terms = result.terms();
        double expected = terms.get("labels") + terms.get("labels.diceLoss");
        for (int view = 1; view <= views; view++) {
          expected += terms.get("strong" + view) + terms.get("strong" + view + ".diceLoss");
        }
        for (String kind : List.of("labelled", "unlabelled")) {
          expected +=
              views
                  * (terms.get(kind + ".crossEntropy")
                      + 0.01 * terms.get(kind + ".contrast")
                      + 0.001 * terms.get(kind + ".distance"));
        }
        assertEquals(8 + 2 * views, terms.size());
        assertEquals(expected, result.loss(), 1e-4);
      }
    }
  }

  /** The average is the teacher, and no gradient flows into it: it moves by its update alone. */
  @Test
  void learnsFromTheAverage() {
    try (Trainer trainer = trainer(Map.of())) {
      StepResult before = trainer.step(batch(0));
      Map<String, Tensor> state = new TreeMap<>();
      for (Tensor tensor : trainer.state()) {
        float[] values = tensor.values().clone();
        for (int i = 0; tensor.name().startsWith("average/head") && i < values.length; i++) {
          values[i] = -values[i] - 1;
        }
        state.put(tensor.name(), new Tensor(tensor.name(), tensor.shape(), values));
      }
      List<Tensor> weights = NetworkWeights.of(trainer.models().get(0).session());
      trainer.restore(state);
      StepResult after = trainer.step(batch(0));
      assertEquals(before.terms().get("labels"), after.terms().get("labels"));
      assertFalse(before.terms().get("strong1").equals(after.terms().get("strong1")));
      assertEquals(weights, NetworkWeights.of(trainer.models().get(0).session()));
      for (Tensor tensor : trainer.state()) {
        assertEquals(state.get(tensor.name()), tensor);
      }
    }
  }

  /** Where all organs are annotated the average's predictions do not count. */
  @Test
  void slotsOfAllKindsCount() {
    try (Trainer trainer = trainer(Map.of("alignmentStart", "0"))) {
      StepResult all = trainer.step(batch(0, 1, 1, 1, 1, 1, 1));
      assertEquals(all.terms().get("labels"), all.terms().get("strong1"), 1e-6);
      assertTrue(all.terms().get("unlabelled.contrast") > 0, "the background is of both kinds");
      StepResult none = trainer.step(batch(0, 0, 0, 0, 0, 0, 0));
      assertEquals(0, none.terms().get("labels"));
      assertTrue(none.terms().get("strong1") > 0);
      assertTrue(Double.isFinite(none.loss()));
    }
  }

  /** (0.6, 0.8) and f = (0, -2): half of each is (0.3, -0.1), of length 1 (3, -1)/√10. */
  @Test
  void prototypesMoveTowardsDirections() {
    Prototypes prototypes = new Prototypes(2, 1, 2, 5);
    float[] random = prototypes.values();
    for (int at = 0; at < 8; at += 2) {
      assertEquals(1, Math.hypot(random[at], random[at + 1]), 1e-6);
    }
    assertFalse(Arrays.equals(random, new Prototypes(2, 1, 2, 6).values()));
    float[] start = random.clone();
    start[2] = 0.6f;
    start[3] = 0.8f;
    prototypes.restore(new Tensor("p", new long[] {2, 2, 1, 2}, start));
    prototypes.update(new float[] {0, 0, 0, -2, 0, 0, 0, 0}, 0.5);
    float[] expected = start.clone();
    expected[2] = (float) (3 / Math.sqrt(10));
    expected[3] = (float) (-1 / Math.sqrt(10));
    assertArrayEquals(expected, prototypes.values(), 1e-6f);
    assertArrayEquals(prototypes.values(), prototypes.state("p").values());
  }
}
