package org.mskd.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * A named array of 32-bit floats. The values are shared, not copied: a tensor takes ownership of
 * the array.
 *
 * @param name the variable's name; not empty
 * @param shape lengths of the axes, outermost first; empty for a scalar
 * @param values all values, last axis fastest ("C" order)
 */
@SuppressWarnings("ArrayRecordComponent") // weights: shared on purpose, equals below sees inside
public record Tensor(String name, long[] shape, float[] values) {
  /**
   * @throws IllegalArgumentException if the name is empty or the shape does not hold that many
   *     values
   */
  public Tensor {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a tensor without a name");
    }
    shape = shape.clone();
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " values in a shape of " + Arrays.toString(shape));
    }
  }

  /** Lengths of the axes; a copy. */
  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** The first value that is NaN or infinite, if there is one. */
  Optional<Float> notFinite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /**
   * How many values a shape holds; 1 for a scalar's empty shape.
   *
   * @throws IllegalArgumentException if a length is negative or the product passes 2^63
   */
  static long elements(long[] shape) {
    long product = 1;
    for (long length : shape) {
      if (length < 0 || (length > 0 && product > Long.MAX_VALUE / length)) {
        throw new IllegalArgumentException("impossible shape " + Arrays.toString(shape));
      }
      product *= length;
    }
    return product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && name.equals(tensor.name)
        && Arrays.equals(shape, tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + Arrays.hashCode(shape)) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
