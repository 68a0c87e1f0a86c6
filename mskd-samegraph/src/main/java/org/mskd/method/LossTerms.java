package org.mskd.method;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What an objective adds to the loss.
 *
 * @param total weighted sum of the terms, a scalar: it is differentiated
 * @param terms what the history shows of it
 */
public record LossTerms(SDVariable total, List<Term> terms) {
  public LossTerms {
    terms = List.copyOf(terms);
  }

  /**
   * One term, without its weight.
   *
   * @param name in the history, such as {@code crossEntropy}
   * @param values the variable that holds it
   * @param index which of its values it is
   */
  public record Term(String name, SDVariable values, int index) {}
}
