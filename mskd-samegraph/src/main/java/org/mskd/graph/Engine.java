package org.mskd.graph;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** Chooses what runs the graph on this backend: our hands, or ND4J's own operations. */
public final class Engine {
  private Engine() {}

  /** Whether arrays lie in memory Java can reach. */
  public static boolean cpu() {
    return Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;
  }

  /**
   * Whether graphs are built from our fused operations: on a CPU, unless the system property {@code
   * mskd.composed} is {@code true}; elsewhere copying to Java would cost more than it saves.
   */
  public static boolean fused() {
    return cpu() && !Boolean.getBoolean("mskd.composed");
  }
}
