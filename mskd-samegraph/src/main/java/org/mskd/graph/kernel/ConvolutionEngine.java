package org.mskd.graph.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution with stride 1, zero borders that keep the size, and an odd square kernel k.
 *
 * <p>All arrays are dense FLOAT in 'c' order: x [batch, height, width, in], weights [k, k, in,
 * out], bias [out], y [batch, height, width, out]; a leading d marks the loss's derivative.
 */
public interface ConvolutionEngine extends AutoCloseable {
  /** The library's name and version. */
  String name();

  /** Computes y. */
  void forward(INDArray x, INDArray weights, INDArray bias, INDArray y);

  /**
   * Computes the derivatives.
   *
   * @param dx null where it is not needed
   */
  void backward(
      INDArray x, INDArray weights, INDArray dy, INDArray dx, INDArray dweights, INDArray dbias);

  /**
   * Computes y for x = the channels of skip, then those of low up-sampled by two (nearest
   * neighbour), with 3x3 weights, without building the up-sampled or the concatenated array.
   *
   * @param skip [batch, height, width, some]
   * @param low [batch, height/2, width/2, in - some]
   */
  void forward(INDArray skip, INDArray low, INDArray weights, INDArray bias, INDArray y);

  /**
   * Computes the derivatives of {@link #forward(INDArray, INDArray, INDArray, INDArray, INDArray)}.
   */
  void backward(
      INDArray skip,
      INDArray low,
      INDArray weights,
      INDArray dy,
      INDArray dskip,
      INDArray dlow,
      INDArray dweights,
      INDArray dbias);

  @Override
  void close();
}
