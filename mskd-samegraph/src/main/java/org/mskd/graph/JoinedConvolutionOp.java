package org.mskd.graph;

import java.util.Arrays;
import java.util.List;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link JoinedConvolution}: (skip, low, weights, bias) to y, run by the session's engine. */
public final class JoinedConvolutionOp extends KernelOp {
  /** For SameDiff. */
  public JoinedConvolutionOp() {}

  JoinedConvolutionOp(
      SameDiff graph, SDVariable skip, SDVariable low, SDVariable weights, SDVariable bias) {
    super(graph, skip, low, weights, bias);
  }

  @Override
  public String opName() {
    return "mskd_joined_convolution";
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] skip = inputs.get(0);
    long[] low = inputs.get(1);
    long[] weights = inputs.get(2);
    if (skip[0] != low[0]
        || skip[1] != 2 * low[1]
        || skip[2] != 2 * low[2]
        || weights[0] != 3
        || weights[1] != 3
        || weights[2] != skip[3] + low[3]) {
      throw new IllegalArgumentException(
          "features %s and %s, to be up-sampled, do not fit weights %s"
              .formatted(Arrays.toString(skip), Arrays.toString(low), Arrays.toString(weights)));
    }
    return List.of(new long[] {skip[0], skip[1], skip[2], weights[3]});
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    return Arrays.asList(
        new JoinedConvolutionGradientOp(sameDiff, arg(0), arg(1), arg(2), arg(3), gradients.get(0))
            .outputVariables());
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    throw new IllegalStateException(
        opName() + " needs the engine that convolved when the graph was built");
  }
}
