package org.mskd.graph;

import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of {@link InstanceNormOp}: (x, scale, shift, statistics, dy) to (dx, dscale,
 * dshift).
 *
 * <p>With g = dy leakyRelu'(v), v the activation's input, h the normalised x and means over an
 * image's channel: dx = scale inverse (g - mean(g) - h mean(g h)), dscale = sum(g h), dshift =
 * sum(g). v is computed again from x, which is cheaper than to read y.
 */
public final class InstanceNormGradientOp extends KernelOp {
  private static final int ONE = Float.floatToRawIntBits(1f);

  /** The bits in which 1 and the slope differ. */
  private static final int BEND = ONE ^ Float.floatToRawIntBits(InstanceNorm.SLOPE);

  /** For SameDiff. */
  public InstanceNormGradientOp() {}

  InstanceNormGradientOp(
      SameDiff graph,
      SDVariable x,
      SDVariable scale,
      SDVariable shift,
      SDVariable statistics,
      SDVariable dy) {
    super(graph, x, scale, shift, statistics, dy);
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
    Coefficients[] images = new Coefficients[tiling.images()];
    Arrays.setAll(images, image -> new Coefficients(tiling, statistics, image, scale, shift));
    try (HostFloats x = HostFloats.read(in[0]);
        HostFloats dy = HostFloats.read(in[4]);
        HostFloats dx = HostFloats.write(out[0])) {
      double[][][] sums = new double[tiling.tasks()][][];
      Kernels.parallel(
          sums.length, task -> sums[task] = images[tiling.image(task)].sums(x, dy, tiling, task));
      double[] dscale = new double[channels];
      double[] dshift = new double[channels];
      for (int image = 0; image < images.length; image++) {
        double[][] total = new double[2][channels];
        for (int part = 0; part < tiling.parts(); part++) {
          for (int c = 0; c < channels; c++) {
            total[0][c] += sums[image * tiling.parts() + part][0][c];
            total[1][c] += sums[image * tiling.parts() + part][1][c];
          }
        }
        images[image].complete(total, dscale, dshift);
      }
      HostFloats.fill(out[1], rounded(dscale));
      HostFloats.fill(out[2], rounded(dshift));
      Kernels.parallel(
          sums.length, task -> images[tiling.image(task)].apply(x, dy, dx, tiling, task));
    }
  }

  private static float[] rounded(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** One image's per-channel factors. */
  private static final class Coefficients {
    private final Tiling tiling;
    private final ChannelStatistics statistics;
    private final int image;
    private final float[] mean;
    private final float[] factor;
    private final float[] offset;
    private final float[] linear;
    private final float[] constant;

    Coefficients(
        Tiling tiling, ChannelStatistics statistics, int image, float[] scale, float[] shift) {
      this.tiling = tiling;
      this.statistics = statistics;
      this.image = image;
      float[] means = new float[scale.length];
      float[] factors = new float[scale.length];
      float[] offsets = new float[scale.length];
      for (int c = 0; c < scale.length; c++) {
        // As in the forward direction to the last bit: the sign of v must be the same.
        means[c] = statistics.mean(image, c);
        factors[c] = scale[c] * statistics.inverse(image, c);
        offsets[c] = shift[c] - statistics.rest(image, c) * factors[c];
      }
      mean = tiling.tile(means);
      factor = tiling.tile(factors);
      offset = tiling.tile(offsets);
      linear = new float[mean.length];
      constant = new float[mean.length];
    }

    /** Per channel: the sum of g, and that of g (x - mean). */
    double[][] sums(HostFloats x, HostFloats dy, Tiling tiling, int task) {
      double[][] sums = new double[2][tiling.channels()];
      float[] blockX = tiling.buffer(0);
      float[] blockG = tiling.buffer(1);
      float[] plain = new float[mean.length];
      float[] weighted = new float[mean.length];
      int end = tiling.end(task);
      for (int at = tiling.begin(task); at < end; at += blockX.length) {
        int count = Math.min(blockX.length, end - at);
        read(x, dy, at, count, blockX, blockG);
        // What is left over behind the end must add nothing.
        Arrays.fill(blockG, count, tiling.padded(count), 0);
        Arrays.fill(blockX, count, tiling.padded(count), 0);
        Arrays.fill(plain, 0);
        Arrays.fill(weighted, 0);
        add(blockX, blockG, tiling.padded(count), plain, weighted);
        ChannelMoments.addTo(plain, sums[0]);
        ChannelMoments.addTo(weighted, sums[1]);
      }
      return sums;
    }

    /** From the image's sums: its share of dscale and dshift, and the factors of dx. */
    void complete(double[][] sums, double[] dscale, double[] dshift) {
      int channels = dscale.length;
      float[] linears = new float[channels];
      float[] constants = new float[channels];
      for (int c = 0; c < channels; c++) {
        double inverse = statistics.inverse(image, c);
        double rest = statistics.rest(image, c);
        double product = (sums[1][c] - rest * sums[0][c]) * inverse;
        dscale[c] += product;
        dshift[c] += sums[0][c];
        double slope = product / tiling.pixels() * inverse;
        linears[c] = (float) (-factor[c] * slope);
        constants[c] = (float) (factor[c] * (rest * slope - sums[0][c] / tiling.pixels()));
      }
      System.arraycopy(tiling.tile(linears), 0, linear, 0, linear.length);
      System.arraycopy(tiling.tile(constants), 0, constant, 0, constant.length);
    }

    void apply(HostFloats x, HostFloats dy, HostFloats dx, Tiling tiling, int task) {
      float[] blockX = tiling.buffer(0);
      float[] blockG = tiling.buffer(1);
      int end = tiling.end(task);
      for (int at = tiling.begin(task); at < end; at += blockX.length) {
        int count = Math.min(blockX.length, end - at);
        read(x, dy, at, count, blockX, blockG);
        combine(blockX, blockG, tiling.padded(count));
        dx.put(at, blockG, count);
      }
    }

    /** Leaves x - mean in {@code blockX} and g in {@code blockG}. */
    private void read(
        HostFloats x, HostFloats dy, int at, int count, float[] blockX, float[] blockG) {
      x.get(at, blockX, count);
      dy.get(at, blockG, count);
      bend(blockX, blockG, tiling.padded(count), mean, factor, offset);
    }

    private static void bend(
        float[] x, float[] g, int count, float[] mean, float[] factor, float[] offset) {
      int width = mean.length;
      for (int at = 0; at < count; at += width) {
        for (int t = 0; t < width; t++) {
          float d = x[at + t] - mean[t];
          float v = d * factor[t] + offset[t];
          // 1 or the slope without a branch, which would not be vectorised.
          int sign = Float.floatToRawIntBits(v) >> 31;
          x[at + t] = d;
          g[at + t] *= Float.intBitsToFloat(ONE ^ (BEND & sign));
        }
      }
    }

    private static void add(float[] d, float[] g, int count, float[] plain, float[] weighted) {
      int width = plain.length;
      for (int at = 0; at < count; at += width) {
        for (int t = 0; t < width; t++) {
          plain[t] += g[at + t];
          weighted[t] += g[at + t] * d[at + t];
        }
      }
    }

    private void combine(float[] d, float[] g, int count) {
      combine(d, g, count, factor, linear, constant);
    }

    private static void combine(
        float[] d, float[] g, int count, float[] factor, float[] linear, float[] constant) {
      int width = factor.length;
      for (int at = 0; at < count; at += width) {
        for (int t = 0; t < width; t++) {
          g[at + t] = factor[t] * g[at + t] + linear[t] * d[at + t] + constant[t];
        }
      }
    }
  }
}
