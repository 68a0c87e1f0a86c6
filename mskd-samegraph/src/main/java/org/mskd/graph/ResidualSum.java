package org.mskd.graph;

import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.runtime.Engine;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The end of a residual block: y = leakyRelu(features + skip), slope 0.01. */
final class ResidualSum {
  static final float SLOPE = (float) WeightInit.SLOPE;

  private ResidualSum() {}

  /**
   * Adds it to a graph in the form that is faster on this backend.
   *
   * @param features [batch, height, width, channels]
   * @param skip of the same shape
   */
  static SDVariable of(SameDiff graph, SDVariable features, SDVariable skip) {
    return Engine.fused() ? fused(graph, features, skip) : composed(graph, features, skip);
  }

  static SDVariable fused(SameDiff graph, SDVariable features, SDVariable skip) {
    KernelOp.register(new ResidualSumOp());
    KernelOp.register(new ResidualSumGradientOp());
    return new ResidualSumOp(graph, features, skip).outputVariables()[0];
  }

  static SDVariable composed(SameDiff graph, SDVariable features, SDVariable skip) {
    return graph.nn().leakyRelu(features.add(skip), WeightInit.SLOPE);
  }
}
