package org.mskd.evaluation;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One organ of one case.
 *
 * @param id the case
 * @param organ the organ
 * @param dice 0 to 1; empty where the reference has no such organ
 * @param hd95Mm mm; empty where the reference or the prediction has no such organ
 * @param assdMm mm; likewise
 */
public record CaseScore(
    String id, String organ, OptionalDouble dice, OptionalDouble hd95Mm, OptionalDouble assdMm) {
  public CaseScore {
    Objects.requireNonNull(id);
    Objects.requireNonNull(organ);
    Objects.requireNonNull(dice);
    Objects.requireNonNull(hd95Mm);
    Objects.requireNonNull(assdMm);
  }
}
