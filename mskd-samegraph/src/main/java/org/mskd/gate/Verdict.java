package org.mskd.gate;

import java.util.Objects;
import org.mskd.experiment.Rule;

/**
 * The result of one rule.
 *
 * @param rule the rule
 * @param holds whether the scores satisfy it
 * @param found the score, such as {@code 0.871234}, or why there is none
 */
public record Verdict(Rule rule, boolean holds, String found) {
  public Verdict {
    Objects.requireNonNull(rule);
    Objects.requireNonNull(found);
  }

  /**
   * The rule and what was found, such as {@code dice of liver, mskd: at least 0.9; is 0.871234}.
   */
  public String line() {
    return rule.title() + "; " + found;
  }
}
