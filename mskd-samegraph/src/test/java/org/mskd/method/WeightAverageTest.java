package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.training.AverageDecay;
import org.mskd.training.NetworkWeights;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightAverageTest {
  private static final TrainingContext CONTEXT =
      new TrainingContext(
          new Network(4, 2, Normalization.INSTANCE),
          List.of("one", "two"),
          2,
          16,
          new WeightInit(3));

  private static GraphTrainer network() {
    return GraphTrainer.of(CONTEXT, List.of(DiceCrossEntropyObjective.ofLabels()));
  }

  private static void disturb(GraphSession session, SplittableRandom random) {
    for (String name : session.parameters()) {
      float[] values = HostFloats.copy(session.parameter(name));
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) random.nextDouble(-0.1, 0.1);
      }
      HostFloats.fill(session.parameter(name), values);
    }
  }

  private static INDArray images(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] images = new float[2 * 16 * 16];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-1, 1);
    }
    return Nd4j.create(images, new long[] {2, 16, 16, 1}, 'c');
  }

  @Test
  void beginsWithTheNetworksWeights() {
    try (GraphTrainer network = network();
        WeightAverage average = new WeightAverage(CONTEXT, network.session())) {
      assertEquals(NetworkWeights.of(network.session()), average.weights());
    }
  }

  @Test
  void movesByOneMinusTheDecay() {
    SplittableRandom random = new SplittableRandom(5);
    try (GraphTrainer network = network();
        WeightAverage average = new WeightAverage(CONTEXT, network.session())) {
      List<Tensor> before = average.weights();
      disturb(network.session(), random);
      List<Tensor> weights = NetworkWeights.of(network.session());
      average.update(0.75);
      List<Tensor> after = average.weights();
      for (int t = 0; t < before.size(); t++) {
        for (int i = 0; i < before.get(t).values().length; i++) {
          double expected =
              0.75 * before.get(t).values()[i] + 0.25 * (double) weights.get(t).values()[i];
          assertEquals(expected, after.get(t).values()[i], 1e-7, before.get(t).name());
        }
      }
      assertEquals(weights, NetworkWeights.of(network.session()), "the network itself moved");
      average.update(1);
      assertEquals(after, average.weights());
      average.update(0);
      assertEquals(weights, average.weights());
    }
  }

  /** Whatever is cached of the weights must not outlive an update. */
  @Test
  void runsWithTheWeightsOfTheLastUpdate() {
    SplittableRandom random = new SplittableRandom(6);
    INDArray images = images(1);
    try (GraphTrainer network = network();
        WeightAverage average = new WeightAverage(CONTEXT, network.session())) {
      float[] first = HostFloats.copy(average.logits(images));
      disturb(network.session(), random);
      assertArrayEquals(first, HostFloats.copy(average.logits(images)), "before its update");
      average.update(0.5);
      float[] second = HostFloats.copy(average.logits(images));
      assertFalse(Arrays.equals(first, second));
      try (WeightAverage other = new WeightAverage(CONTEXT, network.session())) {
        Map<String, Tensor> state =
            average.state("a/").stream().collect(Collectors.toMap(Tensor::name, t -> t));
        other.restore("a/", state);
        assertEquals(average.weights(), other.weights());
        assertArrayEquals(second, HostFloats.copy(other.logits(images)));
      }
    }
  }

  /**
   * 1/10 in the first update, 10/19 in the tenth, and α from the number of updates on that gives
   * it.
   */
  @Test
  void warmsUp() {
    AverageDecay warm = new AverageDecay(0.999, true);
    assertEquals(0.1, warm.at(0), 1e-12);
    assertEquals(10.0 / 19, warm.at(9), 1e-12);
    assertEquals(8990 / 8999.0, warm.at(8989), 1e-12);
    assertTrue(warm.at(8989) < 0.999);
    assertEquals(0.999, warm.at(8991), 1e-12);
    assertEquals(0.999, new AverageDecay(0.999, false).at(0));
    assertEquals(0.05, new AverageDecay(0.05, true).at(0));
  }

  /** exp(-5), exp(-5/4) half-way, 1 from the end on. */
  @Test
  void aWeightRampsUp() {
    RampUp ramp = new RampUp(100);
    assertEquals(0.006737946999, ramp.at(0), 1e-12);
    assertEquals(0.286504796860, ramp.at(50), 1e-12);
    assertEquals(1, ramp.at(100));
    assertEquals(1, ramp.at(1_000_000));
    assertEquals(1, new RampUp(0).at(0));
  }
}
