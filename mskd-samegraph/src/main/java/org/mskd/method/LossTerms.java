package org.mskd.method;

import java.util.List;
import org.mskd.loss.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What an objective adds to the loss.
 *
 * @param total weighted sum of the terms, a scalar: it is differentiated
 * @param terms what the history shows of it
 */
public record LossTerms(SDVariable total, List<LossTerm> terms) {
  public LossTerms {
    terms = List.copyOf(terms);
  }
}
