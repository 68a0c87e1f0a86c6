package org.mskd.graph;

import java.util.Arrays;
import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.kernel.Kernels;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link InstanceNorm} in one operation: (x, scale, shift) to (y, statistics), the latter {@link
 * ChannelStatistics} for the gradient. The shift is {@code [channels]} or {@code [batch,
 * channels]}. The attribute is the slope of the activation below 0, 1 for none.
 */
public final class InstanceNormOp extends KernelOp {
  /** For SameDiff. */
  public InstanceNormOp() {}

  InstanceNormOp(SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift, double slope) {
    super(graph, x, scale, shift);
    attribute(slope);
  }

  @Override
  public String opName() {
    return "mskd_instance_norm_leaky_relu";
  }

  @Override
  public int getNumOutputs() {
    return 2;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return List.of(x, new long[] {3, x[0], x[3]});
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    SDVariable statistics = outputVariables()[1];
    return Arrays.asList(
        new InstanceNormGradientOp(
                sameDiff, arg(0), arg(1), arg(2), statistics, gradients.get(0), attributeAt(0))
            .outputVariables());
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    Tiling tiling = Tiling.of(in[0].shape());
    float[] scale = HostFloats.copy(in[1]);
    float[] shift = HostFloats.copy(in[2]);
    try (HostFloats x = HostFloats.read(in[0]);
        HostFloats y = HostFloats.write(out[0])) {
      ChannelMoments[] parts = new ChannelMoments[tiling.tasks()];
      Kernels.parallel(parts.length, task -> parts[task] = ChannelMoments.of(x, tiling, task));
      ChannelStatistics statistics = ChannelStatistics.of(parts, tiling);
      HostFloats.fill(out[1], statistics.values());
      ChannelFactors[] images = new ChannelFactors[tiling.images()];
      float slope = (float) attributeAt(0);
      Arrays.setAll(
          images, image -> ChannelFactors.of(tiling, statistics, image, scale, shift, slope));
      Kernels.parallel(parts.length, task -> apply(images[tiling.image(task)], x, y, tiling, task));
    }
  }

  private static void apply(
      ChannelFactors factors, HostFloats x, HostFloats y, Tiling tiling, int task) {
    float[] block = tiling.buffer(0);
    int end = tiling.end(task);
    for (int at = tiling.begin(task); at < end; at += block.length) {
      int count = Math.min(block.length, end - at);
      x.get(at, block, count);
      factors.activate(block, count);
      y.put(at, block, count);
    }
  }
}
