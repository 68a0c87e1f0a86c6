package org.mskd.graph;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution with stride 1, zero borders that keep the size, and an odd square kernel k.
 *
 * <p>All arrays are dense FLOAT in 'c' order: x [batch, height, width, in], weights [k, k, in,
 * out], bias [out], y [batch, height, width, out]; a leading d marks the loss's derivative.
 */
interface ConvolutionEngine extends AutoCloseable {
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
   * Computes y for x = the channels of skip, then those of low up-sampled by two ({@link
   * Upsampling}), with 3x3 weights; neither is put together.
   *
   * @param skip [batch, height, width, some]
   * @param low [batch, height/2, width/2, in - some]
   */
  void forward(INDArray skip, INDArray low, INDArray weights, INDArray bias, INDArray y);

  /** Computes the derivatives of that. */
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
