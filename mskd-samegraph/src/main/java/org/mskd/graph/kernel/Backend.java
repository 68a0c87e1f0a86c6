package org.mskd.graph.kernel;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's backend in this process. */
public final class Backend {
  private Backend() {}

  /**
   * Loads the backend, which the first use of an array would otherwise do.
   *
   * @throws LinkageError or a RuntimeException of ND4J's where no backend works on this machine
   */
  public static void load() {
    if (Nd4j.getBackend() == null) {
      throw new IllegalStateException("ND4J found no backend");
    }
  }

  /** Whether arrays lie in host memory, which Java can read and write. */
  public static boolean cpu() {
    return Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;
  }

  /** The backend's class name, such as {@code CpuBackend}. */
  public static String name() {
    return Nd4j.getBackend().getClass().getSimpleName();
  }
}
