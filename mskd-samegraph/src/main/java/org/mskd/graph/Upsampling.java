package org.mskd.graph;

import org.mskd.graph.kernel.KernelOp;
import org.mskd.graph.runtime.Engine;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Nearest up-sampling by two: each pixel becomes a 2x2 square. ND4J 1.0.0-M2.1's own {@code
 * upsampling2d} is right forward, but its gradient mixes up the axes of {@code [batch, height,
 * width, channels]}, so no layer below it would learn.
 */
final class Upsampling {
  private Upsampling() {}

  /**
   * Adds it to a graph in the form that is faster on this backend.
   *
   * @param x [batch, side, side, channels]
   * @return [batch, 2 side, 2 side, channels]
   */
  static SDVariable of(SameDiff graph, SDVariable x, long side, long channels) {
    return Engine.fused() ? fused(graph, x) : composed(graph, x, side, channels);
  }

  static SDVariable fused(SameDiff graph, SDVariable x) {
    KernelOp.register(new UpsamplingOp());
    KernelOp.register(new UpsamplingGradientOp());
    return new UpsamplingOp(graph, x).outputVariables()[0];
  }

  /**
   * Composed of concatenations and reshapes, whose gradients are right: two copies of a pixel's
   * channels are two pixels, two copies of a row are two rows.
   */
  static SDVariable composed(SameDiff graph, SDVariable x, long side, long channels) {
    SDVariable rows = graph.concat(3, x, x).reshape(-1, side, 2 * side * channels);
    return graph.concat(2, rows, rows).reshape(-1, 2 * side, 2 * side, channels);
  }
}
