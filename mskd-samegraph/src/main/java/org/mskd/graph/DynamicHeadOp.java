package org.mskd.graph;

import java.util.Arrays;
import java.util.List;
import org.mskd.architecture.DynamicHeadUNet2d;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.kernel.Kernels;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link DynamicHead} in one operation: (features, parameters) to y. */
public final class DynamicHeadOp extends KernelOp {
  /** For SameDiff. */
  public DynamicHeadOp() {}

  DynamicHeadOp(SameDiff graph, SDVariable features, SDVariable parameters) {
    super(graph, features, parameters);
  }

  @Override
  public String opName() {
    return "mskd_dynamic_head";
  }

  @Override
  public int getNumOutputs() {
    return 1;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    long[] heads = inputs.get(1);
    long values = Arrays.stream(heads).reduce(1, Math::multiplyExact);
    if (x[3] != DynamicHeadUNet2d.FEATURES
        || heads[0] != x[0]
        || values != heads[0] * heads[1] * DynamicHeadUNet2d.HEAD_PARAMETERS) {
      throw new IllegalArgumentException(
          "features %s and parameters %s of heads"
              .formatted(Arrays.toString(x), Arrays.toString(heads)));
    }
    return List.of(new long[] {x[0], x[1], x[2], heads[1]});
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    return Arrays.asList(
        new DynamicHeadGradientOp(sameDiff, arg(0), arg(1), gradients.get(0)).outputVariables());
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    Tiling tiling = Tiling.of(in[0].shape());
    float[] heads = HostFloats.copy(in[1]);
    int tasks = (int) in[1].size(1);
    try (HostFloats x = HostFloats.read(in[0]);
        HostFloats y = HostFloats.write(out[0])) {
      Kernels.parallel(tiling.tasks(), part -> apply(x, heads, tasks, y, tiling, part));
    }
  }

  private static void apply(
      HostFloats x, float[] heads, int tasks, HostFloats y, Tiling tiling, int part) {
    int width = tiling.channels();
    HeadPixels pixels = new HeadPixels();
    float[] block = new float[HeadPixels.RUN * width];
    float[] one = new float[HeadPixels.RUN];
    float[] all = new float[HeadPixels.RUN * tasks];
    int end = tiling.end(part) / width;
    for (int at = tiling.begin(part) / width; at < end; at += HeadPixels.RUN) {
      int count = Math.min(HeadPixels.RUN, end - at);
      x.get(at * width, block, count * width);
      pixels.load(block, count);
      for (int task = 0; task < tasks; task++) {
        int head = (tiling.image(part) * tasks + task) * DynamicHeadUNet2d.HEAD_PARAMETERS;
        pixels.forward(heads, head, one);
        for (int i = 0; i < count; i++) {
          all[i * tasks + task] = one[i];
        }
      }
      y.put(at * tasks, all, count * tasks);
    }
  }
}
