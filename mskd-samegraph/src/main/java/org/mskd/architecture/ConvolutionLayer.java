package org.mskd.architecture;

import java.util.List;

/**
 * A convolution with bias, stride 1.
 *
 * @param name such as {@code encoder.0.conv1}
 * @param kernel side of the square kernel, pixels
 * @param in input channels
 * @param out output channels
 */
public record ConvolutionLayer(String name, int kernel, int in, int out) {
  /** {@code [kernel, kernel, in, out]}. */
  public ParameterShape weight() {
    return new ParameterShape(name + ".weight", kernel, kernel, in, out);
  }

  /** {@code [out]}. */
  public ParameterShape bias() {
    return new ParameterShape(name + ".bias", out);
  }

  /** The number of inputs that one output value is the sum of. */
  public int fanIn() {
    return kernel * kernel * in;
  }

  List<ParameterShape> parameters() {
    return List.of(weight(), bias());
  }
}
