package org.mskd.architecture;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Normalization;

/**
 * Twice a 3x3 convolution, then the normalisation, if any, and the activation.
 *
 * @param name such as {@code encoder.0}
 * @param in input channels
 * @param out output channels
 */
public record ConvolutionBlock(String name, int in, int out) {
  private static final int KERNEL = 3;

  /** The first convolution. */
  public ConvolutionLayer first() {
    return new ConvolutionLayer(name + ".conv1", KERNEL, in, out);
  }

  /** The second convolution. */
  public ConvolutionLayer second() {
    return new ConvolutionLayer(name + ".conv2", KERNEL, out, out);
  }

  /** What follows the first convolution where there is normalisation. */
  public NormalizationLayer firstNorm() {
    return new NormalizationLayer(name + ".norm1", out);
  }

  /** What follows the second convolution where there is normalisation. */
  public NormalizationLayer secondNorm() {
    return new NormalizationLayer(name + ".norm2", out);
  }

  List<ParameterShape> parameters(Normalization normalization) {
    List<ParameterShape> shapes = new ArrayList<>(first().parameters());
    boolean normalized = normalization == Normalization.INSTANCE;
    shapes.addAll(normalized ? firstNorm().parameters() : List.of());
    shapes.addAll(second().parameters());
    shapes.addAll(normalized ? secondNorm().parameters() : List.of());
    return shapes;
  }
}
