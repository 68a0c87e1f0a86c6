package org.mskd.experiment;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A bound on a score; the build fails where the score is outside it. No stage depends on it.
 *
 * @param metric what is bounded
 * @param organ one of the experiment's, or {@link #MEAN}
 * @param method a student's name, or {@link Method#TEACHERS}
 * @param kind how it is bounded
 * @param limit the bound; 0 to 1 for Dice and surface Dice, mm for distances, ml for volumes, a
 *     number of cases for misses; how much better for {@link Kind#BETTER_THAN}; how much worse for
 *     {@link Kind#NOT_WORSE_THAN}
 * @param other the method that it is compared with for {@link Kind#BETTER_THAN}, the path of a lock
 *     or of metrics for {@link Kind#NOT_WORSE_THAN}; otherwise empty
 */
public record Rule(
    RuleMetric metric, String organ, String method, Kind kind, double limit, String other) {
  /** In place of an organ: the mean over the organs, or the sum of their missed cases. */
  public static final String MEAN = "mean";

  /** How a score may be bounded. */
  public enum Kind {
    /** At least the limit. */
    MINIMUM("minimum"),
    /** At most the limit. */
    MAXIMUM("maximum"),
    /** Better than another method's by at least the limit. */
    BETTER_THAN("by"),
    /** Not worse than that of a kept run by more than the limit. */
    NOT_WORSE_THAN("by");

    private final String element;

    Kind(String element) {
      this.element = element;
    }
  }

  public Rule {
    Checks.present("metric", metric);
    Checks.present("organ", organ);
    Checks.present("method", method);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(other);
    if (metric.isFraction()) {
      Checks.within(kind.element, limit, 0, 1);
    } else {
      Checks.notNegative(kind.element, limit);
    }
    boolean compares = kind == Kind.BETTER_THAN || kind == Kind.NOT_WORSE_THAN;
    if (compares == other.isEmpty()) {
      throw new IllegalArgumentException(kind + " and other '" + other + "'");
    }
    if (other.equals(method)) {
      throw Checks.notAllowed("betterThan", other, "another method than <method> itself");
    }
  }

  /** As in messages and reports, such as {@code dice of liver, mskd: at least 0.9}. */
  public String title() {
    String unit = metric.unitSuffix();
    String of = metric == RuleMetric.MISSED && organ.equals(MEAN) ? "all organs" : organ;
    String bound = new BigDecimal(Double.toString(limit)).stripTrailingZeros().toPlainString();
    return "%s of %s, %s: ".formatted(metric.metricName(), of, method)
        + switch (kind) {
          case MINIMUM -> "at least " + bound + unit;
          case MAXIMUM -> "at most " + bound + unit;
          case NOT_WORSE_THAN ->
              "not worse than %s by more than %s%s"
                  .formatted(Path.of(other).getFileName(), bound, unit);
          case BETTER_THAN -> "better than %s by at least %s%s".formatted(other, bound, unit);
        };
  }

  /** Whether all it names is there. */
  void checkNames(List<String> organs, List<Method> methods) {
    if (!organ.equals(MEAN) && !organs.contains(organ)) {
      throw Checks.notAllowed("organ", organ, "one of " + organs + " or " + MEAN);
    }
    checkMethod("method", method, methods);
    if (kind == Kind.BETTER_THAN) {
      checkMethod("betterThan", other, methods);
    }
  }

  private static void checkMethod(String element, String name, List<Method> methods) {
    List<String> names = methods.stream().map(Method::name).toList();
    if (!name.equals(Method.TEACHERS) && !names.contains(name)) {
      throw Checks.notAllowed(element, name, "one of " + names + " or " + Method.TEACHERS);
    }
  }
}
