package org.mskd.benchmark.ours;

import java.util.List;
import java.util.Map;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.measure.Timing;
import org.mskd.benchmark.network.SyntheticSlices;
import org.mskd.experiment.Network;
import org.mskd.graph.WeightInit;
import org.mskd.method.GraphTrainer;
import org.mskd.method.TeacherMethod;
import org.mskd.training.AdamOptimizer;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.factory.Nd4j;

/** One network learns one organ: whole steps, then some more with the time of each operation. */
final class SupervisedWork {
  private static final double RATE = 3e-4;

  private SupervisedWork() {}

  static void run(Arguments asked, Network network, Results results) {
    int batch = asked.integer("batch");
    int size = asked.integer("size");
    float[] images = SyntheticSlices.images(batch, size);
    float[] labels = SyntheticSlices.labels(batch, size);
    try (GraphTrainer teacher = TeacherMethod.network(network, batch, size, new WeightInit(1))) {
      AdamOptimizer optimizer = new AdamOptimizer(teacher.session());
      TensorBatch tensors = tensors(images, labels, batch, size);
      Runnable step =
          () -> {
            teacher.step(tensors);
            optimizer.step(RATE);
          };
      Timing.of(asked.integer("warmup"), asked.integer("steps"), step).into(results, "step");
      int measured = asked.integer("measured");
      if (measured > 0) {
        teacher.session().measure(true);
        Timing whole = Timing.of(0, measured, step);
        OperationTimes.of(teacher.session(), whole).into(results);
      }
    }
  }

  /** A batch as the step gets it. */
  private static TensorBatch tensors(float[] images, float[] labels, int batch, int size) {
    return new TensorBatch(
        0,
        Map.of(
            TensorBatch.IMAGE,
            Nd4j.create(images, new long[] {batch, size, size, 1}, 'c'),
            TensorBatch.LABEL,
            Nd4j.create(labels, new long[] {batch, size, size}, 'c')),
        List.of());
  }
}
