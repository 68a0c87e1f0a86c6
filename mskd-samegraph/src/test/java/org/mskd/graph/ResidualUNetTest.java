package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The U-Net with residual encoder blocks. */
class ResidualUNetTest {
  private static final long SEED = 31;
  private static final int SIDE = 16;
  private static final int BATCH = 2;
  private static final int CLASSES = 3;

  /** Biases before a normalisation, and the factor of its only input channel. */
  private static final String WITHOUT_EFFECT =
      "(encoder|decoder).*(conv[12]|projection)\\.bias|encoder\\.0\\.projection\\.weight";

  private static Network network(int base, int depth, Normalization normalization) {
    return new Network(base, depth, normalization).withBlocks(Blocks.RESIDUAL);
  }

  /** The loss is the sum of the logits, each with a weight of its own. */
  private static SameDiff graph(Network network) {
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, -1, SIDE, SIDE, 1);
    SDVariable factors = graph.placeHolder("factors", DataType.FLOAT, -1, SIDE, SIDE, CLASSES);
    UNet net = UNet.build(graph, image, network, CLASSES, new WeightInit(SEED));
    net.logits().mul(factors).mean().rename("loss");
    // Otherwise scales are 1, shifts and biases 0, and errors in them go unnoticed.
    SplittableRandom random = new SplittableRandom(SEED);
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE && variable.getArr().rank() == 1) {
        float[] values = HostFloats.copy(variable.getArr());
        for (int i = 0; i < values.length; i++) {
          values[i] += (float) (0.3 * random.nextGaussian());
        }
        HostFloats.fill(variable.getArr(), values);
      }
    }
    return graph;
  }

  private static Map<String, float[]> weights(SameDiff graph) {
    Map<String, float[]> weights = new TreeMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        weights.put(variable.name(), HostFloats.copy(variable.getArr()));
      }
    }
    return weights;
  }

  private static Map<String, INDArray> inputs() {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    float[] image = new float[BATCH * SIDE * SIDE];
    float[] factors = new float[image.length * CLASSES];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextDouble(-1, 1);
    }
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) (10 * random.nextGaussian());
    }
    return Map.of(
        "image", Nd4j.create(image, new long[] {BATCH, SIDE, SIDE, 1}, 'c'),
        "factors", Nd4j.create(factors, new long[] {BATCH, SIDE, SIDE, CLASSES}, 'c'));
  }

  @AfterEach
  void clear() {
    System.clearProperty("mskd.convolution");
    System.clearProperty("mskd.composed");
  }

  /** With one base channel the first block's input is added as it is. */
  @ParameterizedTest
  @CsvSource({
    "2, 1, onednn, false",
    "3, 2, onednn, false",
    "1, 2, onednn, false",
    "3, 2, nd4j, false",
    "3, 2, nd4j, true"
  })
  void forwardIsTheReference(int base, int depth, String convolution, String composed) {
    System.setProperty("mskd.convolution", convolution);
    System.setProperty("mskd.composed", composed);
    SameDiff graph = graph(network(base, depth, Normalization.INSTANCE));
    List<String> outputs = new ArrayList<>(List.of("logits"));
    for (int level = 0; level <= depth; level++) {
      outputs.add("encoder." + level);
    }
    float[] images = HostFloats.copy(inputs().get("image"));
    try (GraphSession inference = GraphSession.forInference(graph, outputs);
        GraphSession frozen = GraphSession.frozen(graph, outputs)) {
      for (GraphSession session : List.of(inference, frozen)) {
        Map<String, INDArray> out = session.run(Map.of("image", inputs().get("image")));
        for (int slot = 0; slot < BATCH; slot++) {
          double[] image = new double[SIDE * SIDE];
          for (int i = 0; i < image.length; i++) {
            image[i] = images[slot * image.length + i];
          }
          ReferenceUNet reference = new ReferenceUNet(weights(graph), depth);
          close("logits", reference.logits(image, SIDE), out.get("logits"), slot);
          for (int level = 0; level <= depth; level++) {
            String name = "encoder." + level;
            close(name, reference.encoder.get(level), out.get(name), slot);
          }
        }
      }
    }
  }

  private static void close(String what, double[] expected, INDArray array, int slot) {
    float[] found = HostFloats.copy(array);
    assertEquals(BATCH * expected.length, found.length, what);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          expected[i], found[slot * expected.length + i], 2e-4, what + " " + i + ", seed " + SEED);
    }
  }

  /** Along the gradient itself the loss must change by the gradient's length. */
  @ParameterizedTest
  @EnumSource(Normalization.class)
  void gradientsOfAllParametersAreFiniteDifferences(Normalization normalization) {
    Network network = network(3, 1, normalization);
    List<String> expected =
        UNet2d.of(network, CLASSES).parameters().stream()
            .map(shape -> shape.name())
            .sorted()
            .toList();
    try (GraphSession session = GraphSession.forTraining(graph(network), "loss", List.of("loss"))) {
      assertEquals(expected, session.parameters());
      session.run(inputs());
      Map<String, float[]> gradients = new TreeMap<>();
      expected.forEach(one -> gradients.put(one, HostFloats.copy(session.gradient(one))));
      for (String parameter : expected) {
        boolean hasNoEffect =
            normalization == Normalization.INSTANCE && parameter.matches(WITHOUT_EFFECT);
        check(session, parameter, hasNoEffect, gradients.get(parameter));
      }
    }
  }

  private static void check(
      GraphSession session, String parameter, boolean hasNoEffect, float[] gradient) {
    double square = 0;
    for (float slope : gradient) {
      square += slope * slope;
    }
    double length = Math.sqrt(square);
    if (hasNoEffect) {
      assertEquals(0, length, 1e-3, parameter + ", seed " + SEED);
      return;
    }
    assertTrue(length > 0.01, parameter + " has a gradient of length " + length);
    double step = 2e-3;
    INDArray array = session.parameter(parameter);
    float[] start = HostFloats.copy(array);
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = start.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (float) ((side == 0 ? step : -step) * gradient[i] / length);
      }
      HostFloats.fill(array, moved);
      losses[side] = session.run(inputs()).get("loss").getDouble(0);
    }
    HostFloats.fill(array, start);
    double slope = (losses[0] - losses[1]) / (2 * step);
    assertEquals(length, slope, 0.05 * length + 1e-3, parameter + ", seed " + SEED);
  }

  @Test
  void parametersByHand() {
    Network residual = network(2, 1, Normalization.INSTANCE);
    // encoder.0: 20 + 4 + 38 + 4, projection 4 + 4; encoder.1: 76 + 8 + 148 + 8, 12 + 8;
    // decoder.0: 110 + 4 + 38 + 4; head 9.
    assertEquals(74 + 260 + 156 + 9, UNet2d.of(residual, 3).parameterCount());
    Network plain = new Network(2, 1, Normalization.INSTANCE);
    assertEquals(66 + 240 + 156 + 9, UNet2d.of(plain, 3).parameterCount());
    Network bare = network(1, 1, Normalization.NONE);
    // encoder.0: 10 + 10, none; encoder.1: 20 + 38, projection 4; decoder.0: 28 + 10; head 4.
    assertEquals(20 + 62 + 38 + 4, UNet2d.of(bare, 2).parameterCount());
  }

  @Test
  void otherFirstWeightsAreThoseOfPlainBlocks() {
    Map<String, float[]> residual = untrained(network(4, 2, Normalization.INSTANCE));
    Map<String, float[]> plain = untrained(new Network(4, 2, Normalization.INSTANCE));
    plain.forEach((name, values) -> assertArrayEquals(values, residual.get(name), name));
    residual.keySet().removeAll(plain.keySet());
    assertEquals(12, residual.size(), residual.keySet()::toString);
    residual.keySet().forEach(name -> assertTrue(name.contains(".projection."), name));
  }

  private static Map<String, float[]> untrained(Network network) {
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, 1, SIDE, SIDE, 1);
    UNet.build(graph, image, network, CLASSES, new WeightInit(SEED));
    return weights(graph);
  }

  private static Map<String, float[]> trained() {
    SameDiff graph = graph(network(4, 2, Normalization.INSTANCE));
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("loss"))) {
      long created = 0;
      for (int step = 0; step < 5; step++) {
        session.run(inputs());
        for (String name : session.parameters()) {
          float[] values = HostFloats.copy(session.parameter(name));
          float[] gradient = HostFloats.copy(session.gradient(name));
          for (int i = 0; i < values.length; i++) {
            values[i] -= 0.01f * gradient[i];
          }
          HostFloats.fill(session.parameter(name), values);
        }
        assertTrue(step < 2 || created == session.arraysCreated(), "memory stops growing");
        created = session.arraysCreated();
      }
    }
    return weights(graph);
  }

  @Test
  void equalTrainingsGiveEqualBits() {
    Map<String, float[]> first = trained();
    Map<String, float[]> second = trained();
    first.forEach((name, values) -> assertArrayEquals(values, second.get(name), name));
    float[] before = untrained(network(4, 2, Normalization.INSTANCE)).get("encoder.1.conv1.weight");
    assertFalse(java.util.Arrays.equals(before, first.get("encoder.1.conv1.weight")));
  }
}
