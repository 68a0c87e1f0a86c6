package org.mskd.graph;

import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.runtime.Engine;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Instance normalisation (Ulyanov et al., 2016), over each image's channel, alone or followed by
 * LeakyReLU(0.01): y = leakyRelu((x - mean) / sqrt(variance + 1e-5) * scale + shift), variance
 * biased.
 */
final class InstanceNorm {
  static final double EPSILON = 1e-5;

  /** The slope below 0 that stands for no activation. */
  private static final double LINEAR = 1;

  private InstanceNorm() {}

  /**
   * Adds it to a graph in the form that is faster on this backend.
   *
   * @param x [batch, height, width, channels]
   * @param scale [channels]
   * @param shift [channels], or one for each image [batch, channels]
   */
  static SDVariable leakyRelu(SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift) {
    return Engine.fused() ? fused(graph, x, scale, shift) : composed(graph, x, scale, shift);
  }

  /** As {@link #leakyRelu}, without the activation. */
  static SDVariable linear(SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift) {
    return Engine.fused()
        ? fusedLinear(graph, x, scale, shift)
        : composedLinear(graph, x, scale, shift);
  }

  static SDVariable fused(SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift) {
    return operation(graph, x, scale, shift, WeightInit.SLOPE);
  }

  static SDVariable fusedLinear(SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift) {
    return operation(graph, x, scale, shift, LINEAR);
  }

  private static SDVariable operation(
      SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift, double slope) {
    KernelOp.register(new InstanceNormOp());
    KernelOp.register(new InstanceNormGradientOp());
    return new InstanceNormOp(graph, x, scale, shift, slope).outputVariables()[0];
  }

  static SDVariable composed(SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift) {
    return graph.nn().leakyRelu(composedLinear(graph, x, scale, shift), WeightInit.SLOPE);
  }

  static SDVariable composedLinear(
      SameDiff graph, SDVariable x, SDVariable scale, SDVariable shift) {
    SDVariable rough = x.sub(graph.mean(x, true, 1, 2));
    // Twice, as a large mean is rounded, and the rounding error would count as variance.
    SDVariable deviation = rough.sub(graph.mean(rough, true, 1, 2));
    SDVariable variance = graph.mean(graph.math().square(deviation), true, 1, 2);
    SDVariable inverse = graph.math().rsqrt(variance.add(EPSILON));
    SDVariable offset = overPixels(shift, scale.getShape()[0]);
    return deviation.mul(inverse).mul(scale).add(offset);
  }

  /**
   * Values of each image's channels as [batch, 1, 1, channels], those of any image's as [1, 1, 1,
   * channels].
   */
  static SDVariable overPixels(SDVariable values, long channels) {
    return values.reshape(-1, 1, 1, channels);
  }
}
