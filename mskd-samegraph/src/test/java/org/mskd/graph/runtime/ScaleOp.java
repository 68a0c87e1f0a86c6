package org.mskd.graph.runtime;

import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** factor * x^power for x up to a million, to see attributes survive and gradients arrive. */
public final class ScaleOp extends KernelOp {
  public ScaleOp() {}

  ScaleOp(SameDiff graph, SDVariable x, double factor, int power) {
    super(graph, x);
    attribute(factor);
    count(power);
  }

  @Override
  public String opName() {
    return "mskd_test_scale";
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
    // d/dx f x^p = f p x^(p-1)
    SDVariable slope =
        new ScaleOp(sameDiff, arg(0), attributeAt(0) * countAt(0), (int) countAt(0) - 1)
            .outputVariables()[0];
    return List.of(slope.mul(gradients.get(0)));
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    float[] x = HostFloats.copy(in[0]);
    for (int i = 0; i < x.length; i++) {
      if (x[i] > 1e6) {
        throw new IllegalStateException("too large: " + x[i]);
      }
      x[i] = (float) (attributeAt(0) * Math.pow(x[i], (int) countAt(0)));
    }
    HostFloats.fill(out[0], x);
  }
}
