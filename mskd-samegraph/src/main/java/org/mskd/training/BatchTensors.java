package org.mskd.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.graph.runtime.ArrayPool;
import org.mskd.targets.BatchTargets;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes the tensors of a batch, from a pool that they are returned to. */
final class BatchTensors {
  private final ArrayPool pool;

  BatchTensors(ArrayPool pool) {
    this.pool = pool;
  }

  TensorBatch of(int iteration, Batch batch) {
    long size = batch.size();
    long slots = batch.slices().size();
    Map<String, INDArray> tensors = new TreeMap<>();
    long channels = batch.images().length / (slots * size * size);
    tensors.put(TensorBatch.IMAGE, pool.floats(batch.images(), slots, size, size, channels));
    tensors.put(TensorBatch.SOURCE, pool.floats(floats(batch.sources()), slots));
    batch
        .annotations()
        .ifPresent(
            annotations -> {
              float[] classes = floats(annotations.classes());
              long organs = annotations.organs().length / slots;
              tensors.put(TensorBatch.LABEL, pool.floats(classes, slots, size, size));
              tensors.put(TensorBatch.ANNOTATED, pool.floats(annotations.organs(), slots, organs));
            });
    batch.targets().ifPresent(targets -> add(targets, slots, size, tensors));
    return new TensorBatch(iteration, tensors, batch.slices());
  }

  private void add(BatchTargets targets, long slots, long size, Map<String, INDArray> tensors) {
    float[] margins = targets.margins();
    long organs = margins.length / (slots * size * size);
    tensors.put(TensorBatch.MARGINS, pool.floats(margins, slots, size, size, organs));
    for (BatchTargets.Level level : targets.levels()) {
      long side = level.side();
      int number = Long.numberOfTrailingZeros(size / side);
      tensors.put(TensorBatch.index(number), pool.ints(level.index(), slots, side, side, organs));
      long rows = level.rows().length / level.channels();
      tensors.put(TensorBatch.rows(number), pool.floats(level.rows(), rows, level.channels()));
    }
  }

  private static float[] floats(List<Integer> numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    return values;
  }

  private static float[] floats(byte[] classes) {
    float[] values = new float[classes.length];
    for (int i = 0; i < classes.length; i++) {
      values[i] = classes[i];
    }
    return values;
  }
}
