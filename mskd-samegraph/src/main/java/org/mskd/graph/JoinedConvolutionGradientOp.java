package org.mskd.graph;

import java.util.List;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of {@link JoinedConvolutionOp}: (skip, low, weights, bias, dy) to (dskip, dlow,
 * dweights, dbias).
 */
public final class JoinedConvolutionGradientOp extends KernelOp {
  /** For SameDiff. */
  public JoinedConvolutionGradientOp() {}

  JoinedConvolutionGradientOp(
      SameDiff graph,
      SDVariable skip,
      SDVariable low,
      SDVariable weights,
      SDVariable bias,
      SDVariable dy) {
    super(graph, skip, low, weights, bias, dy);
  }

  @Override
  public String opName() {
    return "mskd_joined_convolution_bp";
  }

  @Override
  public int getNumOutputs() {
    return 4;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return inputs.subList(0, 4);
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("second derivatives are not needed in training");
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    throw new IllegalStateException(
        opName() + " needs the engine that convolved when the graph was built");
  }
}
