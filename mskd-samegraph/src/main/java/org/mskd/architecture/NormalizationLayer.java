package org.mskd.architecture;

import java.util.List;

/**
 * An instance normalisation with a scale and a shift per channel.
 *
 * @param name such as {@code encoder.0.norm1}
 * @param channels of its input and output
 */
public record NormalizationLayer(String name, int channels) {
  /** {@code [channels]}. */
  public ParameterShape scale() {
    return new ParameterShape(name + ".scale", channels);
  }

  /** {@code [channels]}. */
  public ParameterShape shift() {
    return new ParameterShape(name + ".shift", channels);
  }

  List<ParameterShape> parameters() {
    return List.of(scale(), shift());
  }
}
