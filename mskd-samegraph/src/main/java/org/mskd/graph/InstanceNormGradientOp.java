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
 * The gradient of {@link InstanceNormOp}: (x, scale, shift, statistics, dy) to (dx, dscale,
 * dshift).
 *
 * <p>With g = dy leakyRelu'(v), v the activation's input, h the normalised x and means over an
 * image's channel: dx = scale inverse (g - mean(g) - h mean(g h)), dscale = sum(g h), dshift =
 * sum(g), for each image where it has shifts of its own. v is computed again from x, which is
 * cheaper than to read y.
 */
public final class InstanceNormGradientOp extends KernelOp {
  /** For SameDiff. */
  public InstanceNormGradientOp() {}

  InstanceNormGradientOp(
      SameDiff graph,
      SDVariable x,
      SDVariable scale,
      SDVariable shift,
      SDVariable statistics,
      SDVariable dy,
      double slope) {
    super(graph, x, scale, shift, statistics, dy);
    attribute(slope);
  }

  @Override
  public String opName() {
    return "mskd_instance_norm_leaky_relu_bp";
  }

  @Override
  public int getNumOutputs() {
    return 3;
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(inputs.get(0), inputs.get(1), inputs.get(2));
  }

  @Override
  protected void run(INDArray[] in, INDArray[] out) {
    Tiling tiling = Tiling.of(in[0].shape());
    int channels = tiling.channels();
    float[] scale = HostFloats.copy(in[1]);
    float[] shift = HostFloats.copy(in[2]);
    var statistics = new ChannelStatistics(HostFloats.copy(in[3]), tiling.images(), channels);
    ChannelFactors[] factors = new ChannelFactors[tiling.images()];
    float slope = (float) attributeAt(0);
    Arrays.setAll(
        factors, image -> ChannelFactors.of(tiling, statistics, image, scale, shift, slope));
    try (HostFloats x = HostFloats.read(in[0]);
        HostFloats dy = HostFloats.read(in[4]);
        HostFloats dx = HostFloats.write(out[0])) {
      double[][] sums = new double[tiling.tasks()][];
      Kernels.parallel(
          sums.length, task -> sums[task] = sums(factors[tiling.image(task)], x, dy, tiling, task));
      double[] dscale = new double[channels];
      double[] dshift = new double[shift.length];
      Combination[] combinations = new Combination[tiling.images()];
      for (int image = 0; image < combinations.length; image++) {
        double[] total = new double[2 * channels];
        for (int part = 0; part < tiling.parts(); part++) {
          double[] share = sums[image * tiling.parts() + part];
          Arrays.setAll(total, i -> total[i] + share[i]);
        }
        combinations[image] =
            Combination.of(tiling, statistics, image, scale, total, dscale, dshift);
      }
      HostFloats.fill(out[1], rounded(dscale));
      HostFloats.fill(out[2], rounded(dshift));
      Kernels.parallel(
          sums.length,
          task -> {
            int image = tiling.image(task);
            apply(factors[image], combinations[image], x, dy, dx, tiling, task);
          });
    }
  }

  private static float[] rounded(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The work on a block of a task, on g and x - mean, which it may overwrite. */
  private interface BentBlock {
    void accept(int at, float[] d, float[] g, int count);
  }

  private static void forEachBlock(
      ChannelFactors factors,
      HostFloats x,
      HostFloats dy,
      Tiling tiling,
      int task,
      BentBlock work) {
    float[] d = tiling.buffer(0);
    float[] g = tiling.buffer(1);
    int end = tiling.end(task);
    for (int at = tiling.begin(task); at < end; at += d.length) {
      int count = Math.min(d.length, end - at);
      x.get(at, d, count);
      dy.get(at, g, count);
      factors.applyDerivative(d, g, count);
      work.accept(at, d, g, count);
    }
  }

  /** For each channel the sum of g, then for each channel that of g (x - mean). */
  private static double[] sums(
      ChannelFactors factors, HostFloats x, HostFloats dy, Tiling tiling, int task) {
    float[] plain = tiling.zeros(2);
    float[] weighted = tiling.zeros(3);
    forEachBlock(
        factors, x, dy, tiling, task, (at, d, g, count) -> add(d, g, count, plain, weighted));
    tiling.fold(plain);
    tiling.fold(weighted);
    double[] sums = new double[2 * tiling.channels()];
    for (int c = 0; c < tiling.channels(); c++) {
      sums[c] = plain[c];
      sums[tiling.channels() + c] = weighted[c];
    }
    return sums;
  }

  private static void add(float[] d, float[] g, int count, float[] plain, float[] weighted) {
    for (int t = 0; t < count; t++) {
      plain[t] += g[t];
      weighted[t] += g[t] * d[t];
    }
  }

  private static void apply(
      ChannelFactors factors,
      Combination combination,
      HostFloats x,
      HostFloats dy,
      HostFloats dx,
      Tiling tiling,
      int task) {
    forEachBlock(
        factors,
        x,
        dy,
        tiling,
        task,
        (at, d, g, count) -> {
          combine(d, g, count, factors.factor(), combination.linear(), combination.constant());
          dx.put(at, g, count);
        });
  }

  private static void combine(
      float[] d, float[] g, int count, float[] factor, float[] linear, float[] constant) {
    for (int t = 0; t < count; t++) {
      g[t] = factor[t] * g[t] + linear[t] * d[t] + constant[t];
    }
  }

  /** The coefficients of dx: dx = factor g + linear (x - mean) + constant. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Combination(float[] linear, float[] constant) {
    /** From an image's sums; adds the image's share to dscale and dshift. */
    static Combination of(
        Tiling tiling,
        ChannelStatistics statistics,
        int image,
        float[] scale,
        double[] sums,
        double[] dscale,
        double[] dshift) {
      int channels = scale.length;
      float[] linear = new float[channels];
      float[] constant = new float[channels];
      int firstShift = ChannelFactors.firstShift(image, channels, dshift.length);
      for (int c = 0; c < channels; c++) {
        double inverse = statistics.inverse(image, c);
        double rest = statistics.rest(image, c);
        double product = (sums[channels + c] - rest * sums[c]) * inverse;
        dscale[c] += product;
        dshift[firstShift + c] += sums[c];
        double slope = product / tiling.pixels() * inverse;
        linear[c] = (float) (-scale[c] * inverse * slope);
        constant[c] = (float) (scale[c] * inverse * (rest * slope - sums[c] / tiling.pixels()));
      }
      return new Combination(tiling.tile(linear), tiling.tile(constant));
    }
  }
}
