package org.mskd.graph;

import java.util.List;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link ResidualSum} in one operation: (features, skip) to y. */
public final class ResidualSumOp extends KernelOp {
  /** For SameDiff. */
  public ResidualSumOp() {}

  ResidualSumOp(SameDiff graph, SDVariable features, SDVariable skip) {
    super(graph, features, skip);
  }

  @Override
  public String opName() {
    return "mskd_residual_sum";
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(inputs.get(0));
  }

  /** A sum's gradient is the same for both of its terms. */
  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable gradient =
        new ResidualSumGradientOp(sameDiff, outputVariables()[0], gradients.get(0))
            .outputVariables()[0];
    return List.of(gradient, gradient);
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    PairedValues.compute(in, out[0], ResidualSumOp::add);
  }

  private static void add(float[] sum, float[] more, int count) {
    for (int t = 0; t < count; t++) {
      float v = sum[t] + more[t];
      sum[t] = Math.max(v, ResidualSum.SLOPE * v);
    }
  }
}
