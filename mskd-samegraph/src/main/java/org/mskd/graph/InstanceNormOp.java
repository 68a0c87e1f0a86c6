package org.mskd.graph;

import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link InstanceNorm} in one operation: (x, scale, shift) to (y, statistics), the latter {@link
 * ChannelStatistics} for the gradient.
 */
public final class InstanceNormOp extends KernelOp {
  /** For SameDiff. */
  public InstanceNormOp() {}

  InstanceNormOp(SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift) {
    super(graph, x, scale, shift);
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
        new InstanceNormGradientOp(sameDiff, arg(0), arg(1), arg(2), statistics, gradients.get(0))
            .outputVariables());
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    Tiling tiling = Tiling.of(in[0].shape());
    int channels = tiling.channels();
    float[] scale = HostFloats.copy(in[1]);
    float[] shift = HostFloats.copy(in[2]);
    try (HostFloats x = HostFloats.read(in[0]);
        HostFloats y = HostFloats.write(out[0])) {
      ChannelMoments[] parts = new ChannelMoments[tiling.tasks()];
      Kernels.parallel(parts.length, task -> parts[task] = ChannelMoments.of(x, tiling, task));
      ChannelStatistics statistics = ChannelStatistics.of(parts, tiling);
      HostFloats.fill(out[1], statistics.values());
      Kernels.parallel(
          parts.length,
          task -> {
            int image = tiling.image(task);
            float[] mean = new float[channels];
            float[] factor = new float[channels];
            float[] offset = new float[channels];
            for (int c = 0; c < channels; c++) {
              mean[c] = statistics.mean(image, c);
              factor[c] = scale[c] * statistics.inverse(image, c);
              offset[c] = shift[c] - statistics.rest(image, c) * factor[c];
            }
            apply(x, y, tiling, task, tiling.tile(mean), tiling.tile(factor), tiling.tile(offset));
          });
    }
  }

  private static void apply(
      HostFloats x,
      HostFloats y,
      Tiling tiling,
      int task,
      float[] mean,
      float[] factor,
      float[] offset) {
    float[] block = tiling.buffer(0);
    int end = tiling.end(task);
    for (int at = tiling.begin(task); at < end; at += block.length) {
      int count = Math.min(block.length, end - at);
      x.get(at, block, count);
      activate(block, tiling.padded(count), mean, factor, offset);
      y.put(at, block, count);
    }
  }

  private static void activate(
      float[] block, int count, float[] mean, float[] factor, float[] offset) {
    float slope = InstanceNorm.SLOPE;
    int width = mean.length;
    for (int at = 0; at < count; at += width) {
      for (int t = 0; t < width; t++) {
        float v = (block[at + t] - mean[t]) * factor[t] + offset[t];
        block[at + t] = Math.max(v, slope * v);
      }
    }
  }
}
