package org.mskd.method;

import java.util.Map;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds to a batch which organ each slot is trained for: the one that its data set annotates or,
 * where it annotates several, one of them at random. The choice derives from (seed, iteration,
 * slot) alone.
 */
final class TaskChoice implements BatchExtension {
  /**
   * Name of the tensor that is added, one-hot vectors {@code [batch, 1, K]}; zeros in a slot
   * without annotations.
   */
  static final String TASKS = "tasks";

  private final long seed;
  private final LastArrays last = new LastArrays();

  /**
   * @param context its seed is that of the choices
   */
  TaskChoice(TrainingContext context) {
    this.seed = SubSeeds.of(context.init().seed(), "task choice");
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    INDArray annotated = batch.get(TensorBatch.ANNOTATED);
    int slots = (int) annotated.size(0);
    int organs = (int) annotated.size(1);
    float[] given = HostFloats.copy(annotated);
    float[] tasks = new float[given.length];
    for (int slot = 0; slot < slots; slot++) {
      choose(batch.iteration(), slot, given, organs, tasks);
    }
    return batch.with(Map.of(TASKS, last.replace(tasks, slots, 1, organs)));
  }

  private void choose(int iteration, int slot, float[] annotated, int organs, float[] tasks) {
    int[] candidates = new int[organs];
    int count = 0;
    for (int k = slot * organs; k < (slot + 1) * organs; k++) {
      if (annotated[k] != 0) {
        candidates[count++] = k;
      }
    }
    if (count > 0) {
      SplitMix64 random = new SplitMix64(SubSeeds.at(seed, iteration, slot));
      tasks[candidates[random.nextInt(count)]] = 1;
    }
  }

  @Override
  public void close() {
    last.close();
  }
}
