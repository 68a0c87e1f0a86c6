package org.mskd.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.OrganScore;
import org.mskd.evaluation.Summary;
import org.mskd.experiment.Rule;
import org.mskd.experiment.RuleMetric;

/**
 * The score a rule is about. A distance is undefined in a case whose organ was missed altogether;
 * the mean over the other cases would reward that, so such an organ has no value here.
 *
 * @param value to the six decimals of {@code metrics.json}
 * @param missing why there is none
 */
record Scored(Optional<BigDecimal> value, String missing) {
  private static final int DECIMALS = 6;

  static Scored of(Metrics metrics, Rule rule, String method) {
    Optional<ModelScore> model =
        metrics.models().stream().filter(m -> m.name().equals(method)).findFirst();
    if (model.isEmpty()) {
      return missing("there are no scores of " + method);
    }
    Collection<String> organs =
        rule.organ().equals(Rule.MEAN) ? judged(model.get()) : List.of(rule.organ());
    if (organs.isEmpty()) {
      return missing("no organ of the test set has a value of " + method);
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (String organ : organs) {
      long missed = rule.metric() == RuleMetric.DICE ? 0 : missed(model.get(), organ);
      OptionalDouble mean = mean(model.get(), organ, rule.metric());
      if (missed > 0) {
        return missing("undefined: %s found no %s in %d cases".formatted(method, organ, missed));
      }
      if (mean.isEmpty() || !Double.isFinite(mean.getAsDouble())) {
        return missing("%s has no value for %s in the test set".formatted(method, organ));
      }
      sum = sum.add(BigDecimal.valueOf(mean.getAsDouble()));
    }
    BigDecimal count = BigDecimal.valueOf(organs.size());
    return new Scored(Optional.of(sum.divide(count, DECIMALS, RoundingMode.HALF_EVEN)), "");
  }

  private static Scored missing(String why) {
    return new Scored(Optional.empty(), why);
  }

  /** Organs that any case's reference has. */
  private static List<String> judged(ModelScore model) {
    return model.organs().entrySet().stream()
        .filter(organ -> organ.getValue().dice().mean().isPresent())
        .map(organ -> organ.getKey())
        .toList();
  }

  private static long missed(ModelScore model, String organ) {
    return model.cases().stream()
        .filter(score -> score.organ().equals(organ))
        .filter(Scored::isMissed)
        .count();
  }

  private static boolean isMissed(CaseScore score) {
    return score.dice().isPresent() && score.hd95Mm().isEmpty();
  }

  private static OptionalDouble mean(ModelScore model, String organ, RuleMetric metric) {
    OrganScore score = model.organs().get(organ);
    if (score == null) {
      return OptionalDouble.empty();
    }
    Summary summary =
        switch (metric) {
          case DICE -> score.dice();
          case HD95 -> score.hd95Mm();
          case ASSD -> score.assdMm();
        };
    return summary.mean();
  }
}
