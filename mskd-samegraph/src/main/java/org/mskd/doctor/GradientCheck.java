package org.mskd.doctor;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.method.GraphTrainer;
import org.mskd.method.TeacherMethod;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of a whole U-Net, each parameter by itself, against the loss's slope along it. Taken
 * together, the large gradients of the last layers would hide wrong ones of the deep layers.
 */
final class GradientCheck implements Check {
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);
  private static final int SIDE = 32;

  /** Length of a step: short, as max pooling and LeakyReLU have kinks. */
  private static final double STEP = 1e-3;

  /** A shorter gradient is lost in the loss's rounding to 32 bits: 1e-7 in 2 STEP. */
  private static final double SHORTEST = 5e-3;

  /** A wrong layer is off by its whole length; what is left of kinks and rounding stays below. */
  private static final double TOLERANCE = 0.2;

  @Override
  public String name() {
    return "gradient of each parameter of a U-Net";
  }

  @Override
  public Finding run() {
    try (GraphTrainer network = TeacherMethod.network(NETWORK, 2, SIDE, new WeightInit(1))) {
      network.step(TrainingChecks.batch(2, SIDE));
      Map<String, float[]> gradients = new TreeMap<>();
      for (String name : network.session().parameters()) {
        gradients.put(name, HostFloats.copy(network.session().gradient(name)));
      }
      double worst = 0;
      String where = "";
      int compared = 0;
      for (Map.Entry<String, float[]> entry : gradients.entrySet()) {
        double length = length(entry.getValue());
        if (length < SHORTEST) {
          continue;
        }
        compared++;
        double slope = slope(network, entry.getKey(), entry.getValue(), STEP / length);
        double error = Math.abs(slope / (length * length) - 1);
        if (!(error <= worst)) {
          worst = error;
          where = entry.getKey();
        }
      }
      return new Finding(
          name(),
          compared > gradients.size() / 4 && worst < TOLERANCE,
          String.format(
              Locale.ROOT,
              "%d compared, worst %s: %.1f %% from the loss's slope",
              compared,
              where,
              100 * worst));
    }
  }

  private static double length(float[] gradient) {
    double square = 0;
    for (float g : gradient) {
      square += (double) g * g;
    }
    return Math.sqrt(square);
  }

  /** The loss's slope along a parameter's gradient; leaves the parameter as it was. */
  private static double slope(GraphTrainer network, String name, float[] gradient, double step) {
    INDArray parameter = network.session().parameter(name);
    float[] kept = HostFloats.copy(parameter);
    double ahead = lossAt(network, parameter, kept, gradient, step);
    double behind = lossAt(network, parameter, kept, gradient, -step);
    HostFloats.fill(parameter, kept);
    return (ahead - behind) / (2 * step);
  }

  private static double lossAt(
      GraphTrainer network, INDArray parameter, float[] kept, float[] gradient, double step) {
    float[] moved = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      moved[i] = (float) (kept[i] + step * gradient[i]);
    }
    HostFloats.fill(parameter, moved);
    return network.step(TrainingChecks.batch(2, SIDE)).loss();
  }
}
