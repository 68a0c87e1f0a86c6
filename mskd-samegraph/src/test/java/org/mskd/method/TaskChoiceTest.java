package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.factory.Nd4j;

class TaskChoiceTest {
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);

  private static float[] tasks(long seed, int iteration, float[] annotated) {
    int slots = annotated.length / 3;
    TrainingContext context =
        new TrainingContext(NETWORK, List.of("a", "b", "c"), slots, 16, new WeightInit(seed));
    TensorBatch batch =
        new TensorBatch(
            iteration,
            Map.of(TensorBatch.ANNOTATED, Nd4j.createFromArray(annotated).reshape(slots, 3)),
            List.of());
    try (TaskChoice choice = new TaskChoice(context)) {
      return HostFloats.copy(choice.extend(batch).get(TaskChoice.TASKS));
    }
  }

  @Test
  void theAnnotatedOrganIsTheTask() {
    float[] annotated = {0, 1, 0, 1, 0, 0, 0, 0, 0};
    assertArrayEquals(annotated, tasks(1, 5, annotated));
  }

  /** Of 4000 choices between two organs each is half, within 5 standard deviations. */
  @Test
  void ofSeveralOneIsChosenAtRandom() {
    float[] annotated = new float[4 * 3];
    for (int slot = 0; slot < 4; slot++) {
      annotated[3 * slot] = 1;
      annotated[3 * slot + 2] = 1;
    }
    int[] counts = new int[3];
    for (int iteration = 0; iteration < 1000; iteration++) {
      float[] found = tasks(7, iteration, annotated);
      for (int slot = 0; slot < 4; slot++) {
        assertEquals(1, found[3 * slot] + found[3 * slot + 1] + found[3 * slot + 2]);
      }
      for (int i = 0; i < found.length; i++) {
        counts[i % 3] += (int) found[i];
      }
    }
    assertEquals(0, counts[1]);
    assertEquals(2000, counts[0], 5 * Math.sqrt(1000), Arrays.toString(counts));
  }

  @Test
  void aChoiceDependsOnSeedIterationAndSlotAlone() {
    float[] all = new float[64 * 3];
    Arrays.fill(all, 1);
    float[] first = tasks(1, 3, all);
    assertArrayEquals(first, tasks(1, 3, all));
    assertFalse(Arrays.equals(first, tasks(1, 4, all)));
    assertFalse(Arrays.equals(first, tasks(2, 3, all)));
    float[] half = tasks(1, 3, Arrays.copyOf(all, 32 * 3));
    assertArrayEquals(Arrays.copyOf(first, half.length), half);
    assertTrue(first[0] + first[1] + first[2] == 1);
  }
}
