package org.mskd.evaluation;

/**
 * What a model costs.
 *
 * @param passes forward passes per slice, over all networks
 * @param heads how many heads one pass evaluates: 1, but for a network with a head per organ
 * @param parameters trained parameters of all its networks
 */
public record ModelCost(int passes, int heads, long parameters) {
  /**
   * @throws IllegalArgumentException if a number is below 1
   */
  public ModelCost {
    if (passes < 1 || heads < 1 || parameters < 1) {
      throw new IllegalArgumentException(
          "%d passes, %d heads, %d parameters".formatted(passes, heads, parameters));
    }
  }

  /** Passes, and heads where there are several: {@code 1}, {@code 4}, {@code 1 (4 heads)}. */
  String text() {
    return heads == 1 ? Integer.toString(passes) : passes + " (" + heads + " heads)";
  }
}
