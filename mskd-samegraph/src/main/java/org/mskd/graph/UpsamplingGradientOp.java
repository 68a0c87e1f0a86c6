package org.mskd.graph;

import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.kernel.Kernels;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of {@link UpsamplingOp}: each pixel gets the sum over its 2x2 square. */
public final class UpsamplingGradientOp extends KernelOp {
  /** For SameDiff. */
  public UpsamplingGradientOp() {}

  UpsamplingGradientOp(SameDiff graph, SDVariable dy) {
    super(graph, dy);
  }

  @Override
  public String opName() {
    return "mskd_upsampling_bp";
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] dy = inputs.get(0);
    return List.of(new long[] {dy[0], dy[1] / 2, dy[2] / 2, dy[3]});
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("second derivatives are not needed in training");
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    RowTasks rows = RowTasks.of(out[0].size(0) * out[0].size(1), out[0].size(2) * out[0].size(3));
    int channels = (int) out[0].size(3);
    int length = rows.length();
    try (HostFloats dy = HostFloats.read(in[0]);
        HostFloats dx = HostFloats.write(out[0])) {
      Kernels.parallel(
          rows.tasks(),
          task -> {
            float[] row = new float[length];
            float[] upper = new float[2 * length];
            float[] lower = new float[2 * length];
            for (int r = rows.first(task); r < rows.end(task); r++) {
              dy.get(4 * r * length, upper, 2 * length);
              dy.get((4 * r + 2) * length, lower, 2 * length);
              for (int i = 0; i < 2 * length; i++) {
                upper[i] += lower[i];
              }
              for (int c = 0; c < length; c += channels) {
                for (int i = 0; i < channels; i++) {
                  row[c + i] = upper[2 * c + i] + upper[2 * c + channels + i];
                }
              }
              dx.put(r * length, row, length);
            }
          });
    }
  }
}
