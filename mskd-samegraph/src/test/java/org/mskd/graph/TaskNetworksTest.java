package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ConditionalUNet2d;
import org.mskd.architecture.DynamicHeadUNet2d;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks that get the organ to segment as an input. */
class TaskNetworksTest {
  private static final long SEED = 77;
  private static final int SIDE = 16;
  private static final int AREA = SIDE * SIDE;
  private static final int BATCH = 2;
  private static final int ORGANS = 3;

  /** Biases of the blocks' convolutions, whose effect an instance normalisation subtracts. */
  private static final String CONVOLUTION_BIAS = "(encoder|decoder)\\.\\d+\\.conv\\d\\.bias";

  private static Architecture architecture(String name, Normalization normalization) {
    return Architecture.of(name, new Network(4, 2, normalization), 1, ORGANS);
  }

  private static float[] noise(int length) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /** One-hot vectors. */
  private static INDArray tasks(int[]... organs) {
    int tasks = organs[0].length;
    float[] values = new float[BATCH * tasks * ORGANS];
    for (int slot = 0; slot < BATCH; slot++) {
      for (int task = 0; task < tasks; task++) {
        values[(slot * tasks + task) * ORGANS + organs[slot][task]] = 1;
      }
    }
    return Nd4j.createFromArray(values).reshape(BATCH, tasks, ORGANS);
  }

  private static INDArray images(float[] values) {
    return Nd4j.createFromArray(values).reshape(BATCH, SIDE, SIDE, 1);
  }

  /** A graph with the network; {@code top} are the features of its last block. */
  private static SameDiff graph(Architecture architecture, int tasks) {
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, BATCH, SIDE, SIDE, 1);
    Optional<SDVariable> task =
        tasks == 0
            ? Optional.empty()
            : Optional.of(graph.placeHolder("tasks", DataType.FLOAT, BATCH, tasks, ORGANS));
    UNet net = UNet.build(graph, image, architecture, task, new WeightInit(SEED));
    net.decoder().get(0).mul(1).rename("top");
    return graph;
  }

  private static float[] logits(Architecture architecture, float[] images, INDArray tasks) {
    SameDiff graph = graph(architecture, (int) tasks.size(1));
    try (GraphSession session = GraphSession.forInference(graph, List.of("logits"))) {
      return HostFloats.copy(
          session.run(Map.of("image", images(images), "tasks", tasks)).get("logits"));
    }
  }

  /** The map is constant: it must not be lost in a normalisation, which keeps borders only. */
  @ParameterizedTest
  @EnumSource(Normalization.class)
  void theConditionalNetworkDiffersByOrganOnTheSameImage(Normalization normalization) {
    Architecture architecture = architecture(ConditionalUNet2d.NAME, normalization);
    float[] same = Arrays.copyOf(noise(AREA), 2 * AREA);
    System.arraycopy(same, 0, same, AREA, AREA);
    float[] found = logits(architecture, same, tasks(new int[] {0}, new int[] {2}));
    double apart = 0;
    for (int y = 6; y < 10; y++) {
      for (int x = 6; x < 10; x++) {
        apart += Math.abs(found[y * SIDE + x] - found[AREA + y * SIDE + x]) / 16;
      }
    }
    assertTrue(apart > 0.1, "apart " + apart);
    float[] equal = logits(architecture, same, tasks(new int[] {1}, new int[] {1}));
    assertArrayEquals(Arrays.copyOf(equal, AREA), Arrays.copyOfRange(equal, AREA, 2 * AREA));
  }

  /** Without its map the conditional network computes the features of the plain one. */
  @ParameterizedTest
  @CsvSource({
    "unet-2d-conditional, INSTANCE",
    "unet-2d-conditional, NONE",
    "unet-2d-dynamic-head, INSTANCE"
  })
  void firstWeightsOfTheTrunkAreThoseOfThePlainNetwork(String name, Normalization normalization) {
    float[] images = noise(BATCH * AREA);
    Architecture architecture = architecture(name, normalization);
    float[] plain =
        top(new UNet2d(architecture.network(), 1, 2), Map.of("image", images(images)), 0);
    Map<String, INDArray> inputs =
        Map.of("image", images(images), "tasks", tasks(new int[] {0}, new int[] {1}));
    assertArrayEquals(plain, top(architecture, inputs, 1), 1e-5f);
  }

  private static float[] top(Architecture architecture, Map<String, INDArray> inputs, int tasks) {
    SameDiff graph = graph(architecture, tasks);
    try (GraphSession session = GraphSession.forInference(graph, List.of("top"))) {
      for (String name : session.parameters()) {
        if (name.endsWith("code.weight")) {
          INDArray code = session.parameter(name);
          HostFloats.fill(code, new float[(int) code.length()]);
        }
      }
      return HostFloats.copy(session.run(inputs).get("top"));
    }
  }

  @Test
  void twoSlicesGetTheirOwnHeads() {
    Architecture architecture = architecture(DynamicHeadUNet2d.NAME, Normalization.INSTANCE);
    float[] images = noise(BATCH * AREA);
    float[] before = logits(architecture, images, tasks(new int[] {0}, new int[] {1}));
    float[] task = logits(architecture, images, tasks(new int[] {0}, new int[] {2}));
    float[] changed = images.clone();
    for (int i = AREA; i < 2 * AREA; i++) {
      changed[i] = changed[i] * changed[i];
    }
    float[] image = logits(architecture, changed, tasks(new int[] {0}, new int[] {1}));
    for (float[] after : List.of(task, image)) {
      assertArrayEquals(Arrays.copyOf(before, AREA), Arrays.copyOf(after, AREA));
      double apart = 0;
      for (int i = AREA; i < 2 * AREA; i++) {
        apart += Math.abs(before[i] - after[i]) / AREA;
      }
      assertTrue(apart > 0.01, "apart " + apart);
    }
  }

  @Test
  void allHeadsOnOnePassEqualOneHeadAPass() {
    Architecture architecture = architecture(DynamicHeadUNet2d.NAME, Normalization.INSTANCE);
    float[] images = noise(BATCH * AREA);
    int[] every = {0, 1, 2};
    float[] all = logits(architecture, images, tasks(every, every));
    for (int k = 0; k < ORGANS; k++) {
      float[] one = logits(architecture, images, tasks(new int[] {k}, new int[] {k}));
      for (int i = 0; i < one.length; i++) {
        assertEquals(one[i], all[i * ORGANS + k], 1e-5, "organ " + k + " at " + i);
      }
    }
  }

  /** Along the gradient itself the loss must change by the gradient's length. */
  @ParameterizedTest
  @CsvSource({
    "unet-2d-conditional, INSTANCE",
    "unet-2d-conditional, NONE",
    "unet-2d-dynamic-head, INSTANCE",
    "unet-2d-dynamic-head, NONE"
  })
  void gradientsOfAllParametersAreFiniteDifferences(String name, Normalization normalization) {
    Architecture architecture = Architecture.of(name, new Network(4, 1, normalization), 1, ORGANS);
    SameDiff graph = graph(architecture, 1);
    SDVariable weights = graph.placeHolder("weights", DataType.FLOAT, BATCH, SIDE, SIDE, 1);
    graph.getVariable("logits").mul(weights).sum().rename("loss");
    Map<String, INDArray> inputs =
        Map.of(
            "image", images(noise(BATCH * AREA)),
            "tasks", tasks(new int[] {0}, new int[] {2}),
            "weights", images(noise(2 * BATCH * AREA, BATCH * AREA)));
    List<String> expected =
        architecture.parameters().stream().map(shape -> shape.name()).sorted().toList();
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("loss"))) {
      assertEquals(expected, session.parameters());
      session.run(inputs);
      List<float[]> gradients = new ArrayList<>();
      expected.forEach(one -> gradients.add(HostFloats.copy(session.gradient(one))));
      for (int n = 0; n < gradients.size(); n++) {
        String parameter = expected.get(n);
        boolean hasNoEffect =
            normalization == Normalization.INSTANCE && parameter.matches(CONVOLUTION_BIAS);
        check(session, inputs, parameter, hasNoEffect, gradients.get(n));
      }
    }
  }

  private static float[] noise(int length, int from) {
    return Arrays.copyOfRange(noise(length), from, length);
  }

  private static void check(
      GraphSession session,
      Map<String, INDArray> inputs,
      String parameter,
      boolean hasNoEffect,
      float[] gradient) {
    double length = 0;
    for (float slope : gradient) {
      length += slope * slope;
    }
    length = Math.sqrt(length);
    if (hasNoEffect) {
      assertEquals(0, length, 0.01, parameter + ", seed " + SEED);
      return;
    }
    assertTrue(length > 0.1, parameter + " has a gradient of length " + length);
    double step = Math.min(2e-3, 0.004 / length); // far below kinks, far above rounding
    INDArray array = session.parameter(parameter);
    float[] start = HostFloats.copy(array);
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = start.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (float) ((side == 0 ? step : -step) * gradient[i] / length);
      }
      HostFloats.fill(array, moved);
      losses[side] = session.run(inputs).get("loss").getDouble(0);
    }
    HostFloats.fill(array, start);
    double slope = (losses[0] - losses[1]) / (2 * step);
    assertEquals(length, slope, 0.05 * length, parameter + ", seed " + SEED);
  }

  @Test
  void pooledFeaturesAndTaskByHand() {
    SameDiff graph = SameDiff.create();
    SDVariable x =
        graph.var("x", Nd4j.createFromArray(1f, 10, 2, 20, 3, 30, 6, 60).reshape(2, 1, 2, 2));
    SDVariable task = graph.placeHolder("tasks", DataType.FLOAT, 2, 2, 3);
    SDVariable factor = graph.placeHolder("factor", DataType.FLOAT, 2, 2, 1, 5);
    SDVariable y = TaskFeatures.of(graph, x, task).rename("y");
    y.mul(factor).sum().rename("loss");
    float[] factors = new float[20];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = i + 1;
    }
    try (GraphSession session = GraphSession.forTraining(graph, "loss", List.of("y"))) {
      float[] found =
          HostFloats.copy(
              session
                  .run(
                      Map.of(
                          "tasks", tasks(new int[] {0, 2}, new int[] {1, 1}),
                          "factor", Nd4j.createFromArray(factors).reshape(2, 2, 1, 5)))
                  .get("y"));
      assertArrayEquals(
          new float[] {1.5f, 15, 1, 0, 0, 1.5f, 15, 0, 0, 1, 4.5f, 45, 0, 1, 0, 4.5f, 45, 0, 1, 0},
          found);
      // Channel 0 of image 0: (1 + 6) / 2 for each of its two pixels, and so on.
      assertArrayEquals(
          new float[] {3.5f, 4.5f, 3.5f, 4.5f, 13.5f, 14.5f, 13.5f, 14.5f},
          HostFloats.copy(session.gradient("x")));
    }
  }

  @Test
  void tasksThatDoNotFitAreRefused() {
    Network network = new Network(4, 2, Normalization.INSTANCE);
    for (String name : List.of(ConditionalUNet2d.NAME, DynamicHeadUNet2d.NAME)) {
      Architecture more = Architecture.of(name, network, 1, ORGANS + 1);
      assertThrows(IllegalArgumentException.class, () -> graph(more, 1));
      assertThrows(IllegalArgumentException.class, () -> graph(more, 0));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> graph(architecture(ConditionalUNet2d.NAME, Normalization.INSTANCE), 2));
    assertThrows(
        IllegalArgumentException.class, () -> graph(new UNet2d(network, 1, ORGANS + 1), 1));
  }
}
