package org.mskd.gate;

import java.util.Objects;
import org.mskd.experiment.Rule;

/**
 * What became of one rule.
 *
 * @param rule the rule
 * @param holds whether the scores keep it
 * @param found what the scores say, such as {@code 0.871234}, or why they say nothing
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
