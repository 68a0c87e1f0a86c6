package org.mskd.graph;

import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The 3x3 convolution of the concatenation of a skip connection's features and up-sampled ones as
 * one operation, without concatenating or up-sampling. Used where {@link Engine#joins}.
 */
final class JoinedConvolution {
  private JoinedConvolution() {}

  /**
   * @param skip [batch, height, width, some]
   * @param low [batch, height/2, width/2, in - some]
   * @param weights [3, 3, in, out], those of skip first
   * @param bias [out]
   * @return [batch, height, width, out]
   */
  static SDVariable of(
      SameDiff graph, SDVariable skip, SDVariable low, SDVariable weights, SDVariable bias) {
    KernelOp.register(new JoinedConvolutionOp());
    KernelOp.register(new JoinedConvolutionGradientOp());
    return new JoinedConvolutionOp(graph, skip, low, weights, bias).outputVariables()[0];
  }
}
