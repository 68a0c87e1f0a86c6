package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class AveragedTrainerTest {
  private static ScriptedNetwork network() {
    return new ScriptedNetwork(i -> new StepResult(1, Map.of()));
  }

  private static Map<String, Tensor> byName(List<Tensor> tensors) {
    return tensors.stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
  }

  private static float[] good(Trainer trainer) {
    return byName(trainer.weights()).get("good").values();
  }

  private static void set(Trainer trainer, float one, float two) {
    HostFloats.fill(trainer.models().get(0).session().parameter("good"), new float[] {one, two});
  }

  @Test
  void withoutADecayOrWithAnAverageOfItsOwnATrainerStaysAsItIs() {
    try (ScriptedNetwork network = network()) {
      assertSame(network, AveragedTrainer.of(network, 0));
      Trainer once = AveragedTrainer.of(network, 0.9);
      assertTrue(once.averagesWeights());
      assertSame(once, AveragedTrainer.of(once, 0.9));
    }
  }

  /** α = 1/10, 2/11 and 3/12 in the first three updates, then 0.25, the given one. */
  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.999})
  void followsTheFormula(double decay) {
    SplittableRandom random = new SplittableRandom(4);
    try (Trainer trainer = AveragedTrainer.of(network(), decay)) {
      assertArrayEquals(new float[] {1, 2}, good(trainer), "the initial weights");
      double[] expected = {1, 2};
      for (int i = 0; i < 20; i++) {
        float[] weights = {(float) random.nextDouble(-1, 1), (float) random.nextDouble(9, 10)};
        set(trainer, weights[0], weights[1]);
        trainer.afterUpdate(i);
        double alpha = Math.min(decay, (1.0 + i) / (10 + i));
        for (int j = 0; j < 2; j++) {
          expected[j] = alpha * expected[j] + (1 - alpha) * weights[j];
          assertEquals(expected[j], good(trainer)[j], 2e-6, "update " + i);
        }
        float[] own = HostFloats.copy(trainer.models().get(0).session().parameter("good"));
        assertArrayEquals(weights, own, "the network itself moved");
      }
    }
  }

  @Test
  void resumesFromItsState() {
    try (Trainer trainer = AveragedTrainer.of(network(), 0.9);
        Trainer other = AveragedTrainer.of(network(), 0.9)) {
      set(trainer, 5, 7);
      trainer.afterUpdate(0);
      set(other, 5, 7);
      other.restore(byName(trainer.state()));
      assertEquals(trainer.weights(), other.weights());
      for (Trainer one : List.of(trainer, other)) {
        set(one, -1, 0.3f);
        one.afterUpdate(1);
      }
      assertEquals(trainer.weights(), other.weights());
      assertEquals(trainer.state(), other.state());
    }
  }

  /** A network with more floats than a task takes. */
  private record Large(GraphSession session) implements Trainer {
    private static final int LENGTH = 100_003;

    Large() {
      this(session(LENGTH));
    }

    private static GraphSession session(int length) {
      SameDiff graph = SameDiff.create();
      SDVariable w = graph.var("w", Nd4j.zeros(DataType.FLOAT, length));
      w.sum().rename("loss");
      return GraphSession.forTraining(graph, "loss", List.of());
    }

    @Override
    public StepResult step(TensorBatch batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<TrainableModel> models() {
      return List.of(new TrainableModel("network", session));
    }

    @Override
    public void close() {
      session.close();
    }
  }

  @Test
  void movesEveryFloatOfALargeParameterOnce() {
    try (Trainer trainer = AveragedTrainer.of(new Large(), 0.5)) {
      float[] weights = new float[Large.LENGTH];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = i;
      }
      HostFloats.fill(trainer.models().get(0).session().parameter("w"), weights);
      trainer.afterUpdate(100);
      float[] average = trainer.weights().get(0).values();
      for (int i = 0; i < weights.length; i++) {
        assertEquals(i / 2f, average[i], "at " + i);
      }
    }
  }
}
