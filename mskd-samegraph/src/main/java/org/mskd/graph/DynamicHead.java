package org.mskd.graph;

import org.mskd.architecture.DynamicHeadUNet2d;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The head of DoDNet (Zhang et al., CVPR 2021), whose parameters are input of the graph: for each
 * image and task
 *
 * <pre>
 * y = w3 · relu(W2 relu(W1 x + b1) + b2) + b3
 * </pre>
 *
 * in every pixel x of {@value DynamicHeadUNet2d#FEATURES} channels. A head's {@value
 * DynamicHeadUNet2d#HEAD_PARAMETERS} parameters are W1 [out, in], W2 [out, in], w3, b1, b2, b3 in
 * this order, as in the authors' code.
 */
final class DynamicHead {
  private DynamicHead() {}

  /**
   * Adds it to a graph.
   *
   * @param features [batch, height, width, 8]
   * @param parameters [batch, tasks, 153], or with further axes of length 1 between
   * @return [batch, height, width, tasks]
   */
  static SDVariable of(SameDiff graph, SDVariable features, SDVariable parameters) {
    KernelOp.register(new DynamicHeadOp());
    KernelOp.register(new DynamicHeadGradientOp());
    return new DynamicHeadOp(graph, features, parameters).outputVariables()[0];
  }
}
