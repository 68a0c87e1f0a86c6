package org.mskd.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.Engine;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A description of the backend, and all checks of it. */
public final class BackendChecks {
  private BackendChecks() {}

  /** A description of the execution backends of a training. */
  public static String engine() {
    return Engine.description();
  }

  /** The limit for tensors, bytes. */
  public static long offHeapLimit() {
    return Pointer.maxBytes();
  }

  /** Single layers first, then the losses, then whole steps. */
  public static List<Check> checks() {
    List<Check> checks = new ArrayList<>(LayerChecks.all());
    checks.add(new LossCheck());
    checks.add(new DistillationCheck());
    checks.addAll(TrainingChecks.checks());
    return checks;
  }

  /**
   * Softmax over the channels of [batch, channels, height, width], which oneDNN builds of ND4J get
   * wrong. This project does not use it; the result is for users who build their own graphs on this
   * backend.
   */
  public static String channelsFirstSoftmax() {
    long[] shape = {1, 3, 5, 5};
    int pixels = 25;
    SameDiff graph = SameDiff.create();
    graph.nn().softmax(graph.placeHolder("x", DataType.FLOAT, shape), 1).rename("y");
    float[] y;
    try (GraphSession session = GraphSession.forInference(graph, List.of("y"))) {
      var x = Nd4j.create(LayerCheck.random(shape, 3), shape, 'c');
      y = HostFloats.copy(session.run(Map.of("x", x)).get("y"));
    }
    double worst = 0;
    for (int i = 0; i < pixels; i++) {
      worst = Math.max(worst, Math.abs(y[i] + y[pixels + i] + y[2 * pixels + i] - 1));
    }
    return "softmax over axis 1 of [batch, channels, height, width] is "
        + (worst < 1e-4 ? "right" : "wrong")
        + " on this backend; it is not used here";
  }
}
