package org.mskd.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.method.GraphTrainer;
import org.mskd.method.TeacherMethod;
import org.mskd.training.AdamOptimizer;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.factory.Nd4j;

/** Checks of whole training steps: gradient, repeatability, time. */
public final class TrainingChecks {
  private static final Network SMALL = new Network(4, 2, Normalization.INSTANCE);
  private static final int SMALL_SIDE = 32;

  private TrainingChecks() {}

  /**
   * The cost of a step.
   *
   * @param milliseconds median of the timed steps
   * @param residentMiB memory of the process after them
   */
  public record Timing(double milliseconds, long residentMiB) {}

  static List<Check> checks() {
    return List.of(
        new GradientCheck(),
        new StepCheck("equal trainings give equal bits", TrainingChecks::repeatability));
  }

  private record StepCheck(String name, Function<String, Finding> steps) implements Check {
    @Override
    public Finding run() {
      return steps.apply(name);
    }
  }

  /** Two trainings from one seed end with the same bits. */
  private static Finding repeatability(String check) {
    boolean equal = Arrays.equals(trained(), trained());
    return new Finding(check, equal, equal ? "10 steps, twice" : "they differ");
  }

  private static float[] trained() {
    try (GraphTrainer network = TeacherMethod.network(SMALL, 2, SMALL_SIDE, new WeightInit(2))) {
      AdamOptimizer optimizer = new AdamOptimizer(network.session());
      for (int i = 0; i < 10; i++) {
        network.step(batch(2, SMALL_SIDE));
        optimizer.step(1e-3);
      }
      return HostFloats.copy(network.session().parameter("encoder.0.conv1.weight"));
    }
  }

  /**
   * Times whole steps, optimizer included.
   *
   * @param steps timed after as many for warming up
   */
  public static Timing time(Network network, int batch, int side, int steps) {
    double[] milliseconds = new double[steps];
    try (GraphTrainer teacher = TeacherMethod.network(network, batch, side, new WeightInit(3))) {
      AdamOptimizer optimizer = new AdamOptimizer(teacher.session());
      for (int i = 0; i < 2 * steps; i++) {
        TensorBatch data = batch(batch, side);
        long start = System.nanoTime();
        teacher.step(data);
        optimizer.step(3e-4);
        milliseconds[i % steps] = (System.nanoTime() - start) * 1e-6;
      }
      Arrays.sort(milliseconds);
      // Read while the network still holds its arrays.
      return new Timing(
          milliseconds[steps / 2], org.bytedeco.javacpp.Pointer.physicalBytes() >> 20);
    }
  }

  /** A noisy disc, the same each time. */
  static TensorBatch batch(int batch, int side) {
    SplittableRandom random = new SplittableRandom(4);
    float[] image = new float[batch * side * side];
    float[] label = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      double x = i % side - side / 2.0;
      double y = i / side % side - side / 2.0;
      label[i] = Math.hypot(x, y) < side / 4.0 ? 1 : 0;
      image[i] = (float) (label[i] - 0.5 + random.nextDouble() - 0.5);
    }
    return new TensorBatch(
        0,
        Map.of(
            TensorBatch.IMAGE,
            Nd4j.create(image, new long[] {batch, side, side, 1}, 'c'),
            TensorBatch.LABEL,
            Nd4j.create(label, new long[] {batch, side, side}, 'c')),
        List.of());
  }
}
