package org.mskd.volume;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the fields of a form make: an affine in mm, or no usable one.
 *
 * @param affine empty if the fields make none
 * @param fault names the fields and what is wrong with them, to follow "its"; empty if nothing is
 */
record FormAffine(Optional<Affine> affine, String fault) {
  static FormAffine unusable(String fault) {
    return new FormAffine(Optional.empty(), fault);
  }

  /**
   * @param name the fields
   * @param rows as {@link Affine#of}
   */
  static FormAffine of(String name, double[] rows) {
    return Affine.isUsable(rows)
        ? new FormAffine(Optional.of(Affine.of(rows)), "")
        : unusable(name + " is no invertible matrix of finite numbers: " + Arrays.toString(rows));
  }

  /**
   * The affine.
   *
   * @throws IllegalArgumentException with the fault, if there is none
   */
  Affine required() {
    return affine.orElseThrow(() -> new IllegalArgumentException(fault));
  }
}
