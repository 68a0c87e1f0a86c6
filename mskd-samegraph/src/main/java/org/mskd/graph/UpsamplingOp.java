package org.mskd.graph;

import java.util.Arrays;
import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.kernel.Kernels;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Upsampling} in one operation. */
public final class UpsamplingOp extends KernelOp {
  /** For SameDiff. */
  public UpsamplingOp() {}

  UpsamplingOp(SameDiff graph, SDVariable x) {
    super(graph, x);
  }

  @Override
  public String opName() {
    return "mskd_upsampling";
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return List.of(new long[] {x[0], 2 * x[1], 2 * x[2], x[3]});
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    return Arrays.asList(new UpsamplingGradientOp(sameDiff, gradients.get(0)).outputVariables());
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    RowTasks rows = RowTasks.of(in[0].size(0) * in[0].size(1), in[0].size(2) * in[0].size(3));
    int channels = (int) in[0].size(3);
    int length = rows.length();
    try (HostFloats x = HostFloats.read(in[0]);
        HostFloats y = HostFloats.write(out[0])) {
      Kernels.parallel(
          rows.tasks(),
          task -> {
            float[] row = new float[length];
            float[] wide = new float[2 * length];
            for (int r = rows.first(task); r < rows.end(task); r++) {
              x.get(r * length, row, length);
              for (int c = 0; c < length; c += channels) {
                System.arraycopy(row, c, wide, 2 * c, channels);
                System.arraycopy(row, c, wide, 2 * c + channels, channels);
              }
              y.put(4 * r * length, wide, 2 * length);
              y.put((4 * r + 2) * length, wide, 2 * length);
            }
          });
    }
  }
}
