package org.mskd.architecture;

import java.util.Arrays;
import java.util.List;

/**
 * A parameter's name and the lengths of its axes.
 *
 * @param name such as {@code encoder.0.conv1.weight}
 * @param lengths outermost first
 */
public record ParameterShape(String name, List<Long> lengths) {
  public ParameterShape {
    lengths = List.copyOf(lengths);
  }

  ParameterShape(String name, long... lengths) {
    this(name, Arrays.stream(lengths).boxed().toList());
  }

  /** The lengths of the axes as a new array. */
  public long[] toArray() {
    return lengths.stream().mapToLong(Long::longValue).toArray();
  }

  /** The number of values. */
  public long count() {
    return lengths.stream().reduce(1L, Math::multiplyExact);
  }
}
