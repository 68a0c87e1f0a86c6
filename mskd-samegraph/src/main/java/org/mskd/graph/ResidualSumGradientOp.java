package org.mskd.graph;

import java.util.List;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of {@link ResidualSumOp}: (y, dy) to that of either term, dy leakyRelu'(y), as y has
 * the sign of the sum.
 */
public final class ResidualSumGradientOp extends KernelOp {
  /** For SameDiff. */
  public ResidualSumGradientOp() {}

  ResidualSumGradientOp(SameDiff graph, SDVariable y, SDVariable dy) {
    super(graph, y, dy);
  }

  @Override
  public String opName() {
    return "mskd_residual_sum_bp";
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(inputs.get(0));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("second derivatives are not needed in training");
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    PairedValues.compute(in, out[0], ResidualSumGradientOp::apply);
  }

  /** Without a condition, as in {@link ChannelFactors}; the gradient takes the place of y. */
  private static void apply(float[] y, float[] dy, int count) {
    for (int t = 0; t < count; t++) {
      y[t] = dy[t] * Math.max(y[t] / (Math.abs(y[t]) + Float.MIN_NORMAL), ResidualSum.SLOPE);
    }
  }
}
