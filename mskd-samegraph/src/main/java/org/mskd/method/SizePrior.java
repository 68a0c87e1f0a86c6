package org.mskd.method;

import java.util.List;

/**
 * The sizes of the organs that a method requires: the mean share of the pixels of the network's
 * input that each organ has.
 *
 * @param given by organ, in their order; empty where they are to be measured in the data sets that
 *     annotate all organs
 */
public record SizePrior(List<Double> given) {
  public SizePrior {
    given = List.copyOf(given);
  }

  /** Whether the shares are to be measured. */
  public boolean isMeasured() {
    return given.isEmpty();
  }
}
