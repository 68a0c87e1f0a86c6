package org.mskd.loss;

import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss whose gradient is known in closed form and costs little more than its value: both are
 * computed in the forward pass. Input 0 is the student's, the others are constants. Outputs: the
 * weighted total {@code [1]}, the single terms {@code [terms]}, and the total's gradient with
 * respect to input 0, in its shape.
 */
public abstract class ClosedFormLossOp extends KernelOp {
  /** For the prototype and for clones of the graph. */
  protected ClosedFormLossOp() {}

  protected ClosedFormLossOp(SameDiff graph, SDVariable... inputs) {
    super(graph, inputs);
  }

  /** The number of terms of a loss with inputs of these shapes. */
  abstract int terms(long[][] inputs);

  /**
   * Computes total, terms and gradient.
   *
   * @param in the inputs
   * @param terms receives each term without its weight
   * @param gradient receives the weighted total's gradient, every element
   * @return the weighted total
   */
  abstract double evaluate(INDArray[] in, float[] terms, HostFloats gradient);

  @Override
  public final int getNumOutputs() {
    return 3;
  }

  @Override
  protected final List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(
        new long[] {1}, new long[] {terms(inputs.toArray(new long[0][]))}, inputs.get(0).clone());
  }

  @Override
  protected final void run(INDArray[] in, INDArray[] out) {
    float[] terms = new float[(int) out[1].length()];
    try (HostFloats gradient = HostFloats.write(out[2])) {
      HostFloats.fill(out[0], new float[] {(float) evaluate(in, terms, gradient)});
    }
    HostFloats.fill(out[1], terms);
  }

  @Override
  public final List<SDVariable> doDiff(List<SDVariable> gradients) {
    // SameDiff takes the list as that of the first inputs; the others have no gradient.
    return List.of(outputVariables()[2].mul(gradients.get(0)));
  }
}
