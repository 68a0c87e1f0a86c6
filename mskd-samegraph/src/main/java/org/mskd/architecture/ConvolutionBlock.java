package org.mskd.architecture;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Normalization;

/**
 * Twice a 3x3 convolution, then the normalisation, if any, and the activation. In a residual block
 * the input is added before the second activation; where the numbers of channels differ, after a
 * 1x1 convolution, the projection, and the normalisation, if any.
 *
 * @param name such as {@code encoder.0}
 * @param in input channels
 * @param out output channels
 * @param residual whether the input is added
 */
public record ConvolutionBlock(String name, int in, int out, boolean residual) {
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

  /** Whether the input is projected before it is added. */
  public boolean projects() {
    return residual && in != out;
  }

  /** The 1x1 convolution of the input where it {@link #projects}. */
  public ConvolutionLayer projection() {
    return new ConvolutionLayer(name + ".projection", 1, in, out);
  }

  /** What follows the projection where there is normalisation. */
  public NormalizationLayer projectionNorm() {
    return new NormalizationLayer(name + ".projection.norm", out);
  }

  List<ParameterShape> parameters(Normalization normalization) {
    List<ParameterShape> shapes = new ArrayList<>(first().parameters());
    boolean normalized = normalization == Normalization.INSTANCE;
    shapes.addAll(normalized ? firstNorm().parameters() : List.of());
    shapes.addAll(second().parameters());
    shapes.addAll(normalized ? secondNorm().parameters() : List.of());
    if (projects()) {
      shapes.addAll(projection().parameters());
      shapes.addAll(normalized ? projectionNorm().parameters() : List.of());
    }
    return shapes;
  }
}
