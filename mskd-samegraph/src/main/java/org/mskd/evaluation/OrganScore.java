package org.mskd.evaluation;

import java.util.Collection;

/**
 * One organ over the cases of a test set. A case whose organ was missed altogether counts with Dice
 * 0 but has no distance: read the distances together with the Dice.
 *
 * @param dice 0 to 1
 * @param hd95Mm mm
 * @param assdMm mm
 */
public record OrganScore(Summary dice, Summary hd95Mm, Summary assdMm) {
  static OrganScore of(Collection<CaseScore> cases) {
    return new OrganScore(
        Summary.of(cases, CaseScore::dice),
        Summary.of(cases, CaseScore::hd95Mm),
        Summary.of(cases, CaseScore::assdMm));
  }
}
