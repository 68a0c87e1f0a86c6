package org.mskd.gate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.OrganScore;
import org.mskd.evaluation.SeedScores;
import org.mskd.evaluation.SeedSpread;
import org.mskd.experiment.Rule;
import org.mskd.experiment.RuleMetric;

/**
 * The score a rule is about. A distance is undefined in a case whose organ was missed altogether;
 * the mean over the other cases would reward that, so a miss counts as the volume's diagonal here.
 *
 * @param value to the six decimals of {@code metrics.json}
 * @param note text after the value that names the misses it counts; empty without one
 * @param missing why there is no value
 */
record Scored(Optional<BigDecimal> value, String note, String missing) {
  private static final int DECIMALS = 6;

  static Scored of(Metrics metrics, Rule rule, String method) {
    Optional<ModelScore> model =
        metrics.models().stream().filter(m -> m.name().equals(method)).findFirst();
    if (model.isEmpty()) {
      return missing("there are no scores of " + method);
    }
    if (metrics.replicates().isPresent()) {
      return overSeeds(metrics.replicates().get(), rule, method);
    }
    Collection<String> organs =
        rule.organ().equals(Rule.MEAN) ? judged(model.get()) : List.of(rule.organ());
    if (organs.isEmpty()) {
      return missing("no organ of the test set has a value of " + method);
    }
    BigDecimal sum = BigDecimal.ZERO;
    int missed = 0;
    int cases = 0;
    for (String organ : organs) {
      OrganScore score = model.get().organs().get(organ);
      OptionalDouble value = score == null ? OptionalDouble.empty() : value(score, rule.metric());
      if (value.isEmpty() || !Double.isFinite(value.getAsDouble())) {
        return missing("%s has no value for %s in the test set".formatted(method, organ));
      }
      sum = sum.add(BigDecimal.valueOf(value.getAsDouble()));
      missed += score.missed();
      cases += score.cases();
    }
    boolean added = rule.metric() == RuleMetric.MISSED;
    BigDecimal count = BigDecimal.valueOf(added ? 1 : organs.size());
    boolean distance = rule.metric() == RuleMetric.HD95 || rule.metric() == RuleMetric.ASSD;
    String note =
        distance && missed > 0 ? " (missed in %d of %d cases)".formatted(missed, cases) : "";
    return new Scored(Optional.of(sum.divide(count, DECIMALS, RoundingMode.HALF_EVEN)), note, "");
  }

  /** The mean over the seeds; of a seed without a value there is no mean. */
  private static Scored overSeeds(SeedScores seeds, Rule rule, String method) {
    boolean missed = rule.metric() == RuleMetric.MISSED;
    String metric = missed ? SeedScores.MISSED : metric(rule.metric()).key();
    Optional<SeedSpread> spread = seeds.of(method, rule.organ(), metric);
    boolean whole =
        spread.filter(one -> one.values().stream().allMatch(v -> v.isPresent())).isPresent();
    if (!whole) {
      return missing(
          "%s has no value for %s in the test set, or not for each seed"
              .formatted(method, rule.organ()));
    }
    BigDecimal mean =
        BigDecimal.valueOf(spread.get().mean().getAsDouble())
            .setScale(DECIMALS, RoundingMode.HALF_EVEN);
    boolean distance = rule.metric() == RuleMetric.HD95 || rule.metric() == RuleMetric.ASSD;
    boolean misses =
        seeds
            .of(method, rule.organ(), SeedScores.MISSED)
            .filter(counts -> counts.mean().orElse(0) > 0)
            .isPresent();
    return new Scored(Optional.of(mean), distance && misses ? " (missed in some cases)" : "", "");
  }

  private static Scored missing(String why) {
    return new Scored(Optional.empty(), "", why);
  }

  /** Organs that any case's reference has. */
  private static List<String> judged(ModelScore model) {
    return model.organs().entrySet().stream()
        .filter(organ -> organ.getValue().cases() > 0)
        .map(organ -> organ.getKey())
        .toList();
  }

  private static OptionalDouble value(OrganScore score, RuleMetric metric) {
    if (metric == RuleMetric.MISSED) {
      return score.cases() == 0 ? OptionalDouble.empty() : OptionalDouble.of(score.missed());
    }
    return score.of(metric(metric)).mean();
  }

  private static Metric metric(RuleMetric metric) {
    return switch (metric) {
      case DICE -> Metric.DICE;
      case SURFACE_DICE -> Metric.SURFACE_DICE;
      case HD95 -> Metric.HD95_WITH_MISSES;
      case ASSD -> Metric.ASSD_WITH_MISSES;
      case ABSOLUTE_VOLUME_DIFFERENCE -> Metric.ABSOLUTE_VOLUME_DIFFERENCE;
      case MISSED -> throw new IllegalArgumentException("misses are counted");
    };
  }
}
