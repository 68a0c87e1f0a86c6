package org.mskd.graph;

import java.util.List;
import org.mskd.architecture.DynamicHeadUNet2d;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.kernel.Kernels;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of {@link DynamicHeadOp}: (features, parameters, dy) to (dfeatures, dparameters).
 * Hidden layers are computed again, which is cheaper than to keep them. Sums over pixels are made
 * part by part and added in the order of parts.
 */
public final class DynamicHeadGradientOp extends KernelOp {
  private static final int PARAMETERS = DynamicHeadUNet2d.HEAD_PARAMETERS;

  /** For SameDiff. */
  public DynamicHeadGradientOp() {}

  DynamicHeadGradientOp(SameDiff graph, SDVariable features, SDVariable parameters, SDVariable dy) {
    super(graph, features, parameters, dy);
  }

  @Override
  public String opName() {
    return "mskd_dynamic_head_bp";
  }

  @Override
  public int getNumOutputs() {
    return 2;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return inputs.subList(0, 2);
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> gradients) {
    throw new UnsupportedOperationException("second derivatives are not needed in training");
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    Tiling tiling = Tiling.of(in[0].shape());
    float[] heads = HostFloats.copy(in[1]);
    int tasks = (int) in[1].size(1);
    double[][] parts = new double[tiling.tasks()][];
    try (HostFloats x = HostFloats.read(in[0]);
        HostFloats dy = HostFloats.read(in[2]);
        HostFloats dx = HostFloats.write(out[0])) {
      Kernels.parallel(
          parts.length, part -> parts[part] = apply(x, heads, tasks, dy, dx, tiling, part));
    }
    HostFloats.fill(out[1], joined(parts, tiling, tasks * PARAMETERS));
  }

  /** The sums of all parts of each image. */
  private static float[] joined(double[][] parts, Tiling tiling, int length) {
    double[] sums = new double[tiling.images() * length];
    for (int part = 0; part < parts.length; part++) {
      int begin = tiling.image(part) * length;
      for (int i = 0; i < length; i++) {
        sums[begin + i] += parts[part][i];
      }
    }
    float[] floats = new float[sums.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) sums[i];
    }
    return floats;
  }

  /** Writes the gradient of a part's pixels; returns the parameters' of each task. */
  private static double[] apply(
      HostFloats x,
      float[] heads,
      int tasks,
      HostFloats dy,
      HostFloats dx,
      Tiling tiling,
      int part) {
    int width = tiling.channels();
    HeadPixels pixels = new HeadPixels();
    float[] block = new float[HeadPixels.RUN * width];
    float[] one = new float[HeadPixels.RUN];
    float[] all = new float[HeadPixels.RUN * tasks];
    double[] sums = new double[tasks * PARAMETERS];
    int end = tiling.end(part) / width;
    for (int at = tiling.begin(part) / width; at < end; at += HeadPixels.RUN) {
      int count = Math.min(HeadPixels.RUN, end - at);
      x.get(at * width, block, count * width);
      dy.get(at * tasks, all, count * tasks);
      pixels.load(block, count);
      for (int task = 0; task < tasks; task++) {
        int head = (tiling.image(part) * tasks + task) * PARAMETERS;
        pixels.forward(heads, head, one);
        for (int i = 0; i < count; i++) {
          one[i] = all[i * tasks + task];
        }
        pixels.backward(heads, head, one, sums, task * PARAMETERS);
      }
      pixels.inputGradient(block);
      dx.put(at * width, block, count * width);
    }
    return sums;
  }
}
