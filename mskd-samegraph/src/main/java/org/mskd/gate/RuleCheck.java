package org.mskd.gate;

import java.math.BigDecimal;
import java.util.List;
import org.mskd.evaluation.Metrics;
import org.mskd.experiment.Rule;

/**
 * Checks rules against scores. Compared are the decimals as {@code metrics.json} has them, so that
 * 0.90 is at least 0.9 and 0.90 is better than 0.89 by 0.01.
 */
public final class RuleCheck {
  private final Metrics metrics;
  private final Baselines baselines;

  private RuleCheck(Metrics metrics, Baselines baselines) {
    this.metrics = metrics;
    this.baselines = baselines;
  }

  /** One verdict per rule, in the order of the rules, none of which refers to a kept run. */
  public static List<Verdict> of(List<Rule> rules, Metrics metrics) {
    return of(rules, metrics, Baselines.NONE);
  }

  /**
   * One verdict per rule, in the rules' order.
   *
   * @param baselines the kept runs that the rules refer to
   */
  public static List<Verdict> of(List<Rule> rules, Metrics metrics, Baselines baselines) {
    RuleCheck check = new RuleCheck(metrics, baselines);
    return rules.stream().map(check::verdict).map(check::withSeeds).toList();
  }

  /** With replicates, all scores are means over the seeds. */
  private Verdict withSeeds(Verdict verdict) {
    return metrics
        .replicates()
        .map(
            scores ->
                new Verdict(
                    verdict.rule(),
                    verdict.holds(),
                    verdict.found() + " (mean of " + scores.seeds().size() + " seeds)"))
        .orElse(verdict);
  }

  private Verdict verdict(Rule rule) {
    Scored own = Scored.of(metrics, rule, rule.method());
    if (own.value().isEmpty()) {
      return new Verdict(rule, false, own.missing());
    }
    BigDecimal value = own.value().get();
    BigDecimal limit = BigDecimal.valueOf(rule.limit());
    return switch (rule.kind()) {
      // A miss makes a distance larger, which must not be what satisfies a rule.
      case MINIMUM ->
          new Verdict(
              rule,
              value.compareTo(limit) >= 0 && own.note().isEmpty(),
              "is " + text(rule, value) + own.note());
      case MAXIMUM ->
          new Verdict(rule, value.compareTo(limit) <= 0, "is " + text(rule, value) + own.note());
      case BETTER_THAN -> compared(rule, own, Scored.of(metrics, rule, rule.other()), limit);
      case NOT_WORSE_THAN -> againstBaseline(rule, own, limit);
    };
  }

  private Verdict againstBaseline(Rule rule, Scored own, BigDecimal limit) {
    Metrics baseline = baselines.of(rule);
    Scored against = Scored.of(baseline, rule, rule.method());
    if (against.value().isEmpty()) {
      return new Verdict(rule, false, against.missing() + " in the kept run");
    }
    if (!baselines.isOfTheSameCases(rule, metrics)) {
      return new Verdict(rule, false, "the kept run was scored on other cases");
    }
    return compared(rule, own, against, limit.negate());
  }

  /**
   * @param margin by how much the own score must be better; may be negative
   */
  private static Verdict compared(Rule rule, Scored own, Scored against, BigDecimal margin) {
    if (against.value().isEmpty()) {
      return new Verdict(rule, false, against.missing());
    }
    BigDecimal value = own.value().orElseThrow();
    BigDecimal other = against.value().get();
    BigDecimal better =
        rule.metric().moreIsBetter() ? value.subtract(other) : other.subtract(value);
    return new Verdict(
        rule,
        better.compareTo(margin) >= 0,
        "is %s%s against %s%s, which is %s by %s"
            .formatted(
                text(rule, value),
                own.note(),
                text(rule, other),
                against.note(),
                better.signum() < 0 ? "worse" : "better",
                text(rule, better.abs())));
  }

  private static String text(Rule rule, BigDecimal value) {
    return (value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString())
        + rule.metric().unitSuffix();
  }
}
