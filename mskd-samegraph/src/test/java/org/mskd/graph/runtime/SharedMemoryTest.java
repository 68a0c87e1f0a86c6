package org.mskd.graph.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.UNet;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A session whose arrays share memory against one in which nothing is ever released, so that every
 * array of a run has memory of its own.
 */
class SharedMemoryTest {
  private static final int SIZE = 16;

  /** A U-Net with a loss that every logit has a part in, differentiated. */
  private static SameDiff network() {
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, -1, SIZE, SIZE, 1);
    Network network = new Network(4, 3, Normalization.INSTANCE);
    SDVariable logits = UNet.build(graph, image, network, 3, new WeightInit(9)).logits();
    graph.mean(graph.math().square(logits.sub(image))).rename("loss");
    return QuietGradient.of(graph, "loss");
  }

  private static Set<String> wanted(SameDiff graph) {
    Set<String> wanted = new LinkedHashSet<>(List.of("logits", "encoder.1", "loss"));
    for (SDVariable variable : graph.variables()) {
      if (variable.name().endsWith(".weight") || variable.name().endsWith(".scale")) {
        wanted.add(variable.name() + "-grad");
      }
    }
    return wanted;
  }

  private static ExecutionPlan withoutReleases(ExecutionPlan plan) {
    List<ExecutionPlan.Step> steps = new ArrayList<>();
    for (ExecutionPlan.Step step : plan.steps()) {
      steps.add(
          new ExecutionPlan.Step(
              step.operation(),
              step.arguments(),
              step.computed(),
              step.given(),
              step.outputs(),
              List.of()));
    }
    return new ExecutionPlan(steps, plan.sources());
  }

  private static Map<String, INDArray> image(int batch, int seed) {
    INDArray image = Nd4j.create(DataType.FLOAT, batch, SIZE, SIZE, 1);
    float[] values = new WeightInit(seed).heNormal("image", (int) image.length(), 2);
    HostFloats.fill(image, values);
    return Map.of("image", image);
  }

  private static Map<String, float[]> values(PlannedSession session, Set<String> wanted) {
    Map<String, float[]> values = new LinkedHashMap<>();
    wanted.forEach(name -> values.put(name, HostFloats.copy(session.value(name))));
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void sharingChangesNoBit(String composed) {
    System.setProperty("mskd.composed", composed);
    int seed = 0;
    try {
      SameDiff graph = network();
      Set<String> wanted = wanted(graph);
      ExecutionPlan plan = ExecutionPlan.of(graph, wanted);
      try (PlannedSession shared = new PlannedSession(graph, plan, false)) {
        // Batches of another size are other shapes, which need a new dry run.
        for (int batch : new int[] {2, 2, 2, 3, 3, 2, 2}) {
          Map<String, INDArray> image = image(batch, ++seed);
          shared.execute(image);
          Map<String, float[]> actual = values(shared, wanted);
          try (PlannedSession apart = new PlannedSession(graph, withoutReleases(plan), false)) {
            apart.execute(image);
            String run = "run " + seed + " of ";
            values(apart, wanted)
                .forEach((name, bits) -> assertArrayEquals(bits, actual.get(name), run + name));
            long fewer = apart.memory().bytes();
            // The first run of other shapes still holds the arena of those before.
            assertTrue(
                !shared.memory().asPlanned() || shared.memory().bytes() < 0.7 * fewer,
                () -> run + shared.memory().bytes() + " of " + fewer + " bytes");
          }
        }
        assertTrue(shared.memory().asPlanned(), "memory is not planned");
      }
    } finally {
      System.clearProperty("mskd.composed");
    }
  }
}
