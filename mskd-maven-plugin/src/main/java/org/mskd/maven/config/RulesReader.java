package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.experiment.Rule;
import org.mskd.experiment.RuleMetric;
import org.mskd.problem.BadInputException;

/** Reads the rules for the scores, each with names of the experiment and one bound. */
final class RulesReader {
  private static final List<String> BOUNDS =
      List.of("minimum", "maximum", "betterThan", "notWorseThan");

  private final List<String> organs;
  private final List<String> methods;

  private RulesReader(Experiment experiment) {
    organs = new ArrayList<>(experiment.organs());
    organs.add(Rule.MEAN);
    methods = new ArrayList<>(experiment.methods().stream().map(Method::name).toList());
    methods.add(Method.TEACHERS);
  }

  /**
   * The rules of an experiment.
   *
   * @throws BadInputException naming the rule, its element, and the allowed values
   */
  static List<Rule> read(Section root, Experiment experiment) {
    Section list = root.section("rules");
    RulesReader reader = new RulesReader(experiment);
    List<Rule> rules =
        list.items().stream().map(item -> item.placed(() -> reader.rule(item))).toList();
    if (list.declared() && rules.isEmpty()) {
      throw new BadInputException("<rules> is empty.", "Add a <rule>, or leave it out.");
    }
    return rules;
  }

  private Rule rule(Section section) {
    RuleMetric metric = metric(section.required("metric"));
    String organ = section.value("organ").map(v -> known(v, organs)).orElse(Rule.MEAN);
    String method = section.value("method").map(v -> known(v, methods)).orElse(methods.get(0));
    List<Value> bounds = BOUNDS.stream().map(section::value).flatMap(Optional::stream).toList();
    if (bounds.size() != 1) {
      throw new BadInputException(
          "<rule>" + place(section) + " has " + (bounds.isEmpty() ? "no bound." : listed(bounds)),
          "Give it exactly one of <minimum>, <maximum>, <betterThan> and <notWorseThan>.");
    }
    Optional<Value> other = section.value("betterThan");
    Optional<Value> by = section.value("by");
    Optional<Value> kept = section.value("notWorseThan");
    if (by.isPresent() && other.isEmpty() && kept.isEmpty()) {
      throw new BadInputException(
          by.get().source() + " is given without <betterThan> or <notWorseThan>.",
          "Name the other method as <betterThan>, or a kept lock as <notWorseThan>, or leave out"
              + " <by>.");
    }
    double margin = by.map(Value::asDouble).orElse(0.0);
    if (kept.isPresent()) {
      String path = kept.get().asPath(section.basedir()).toString();
      return new Rule(metric, organ, method, Rule.Kind.NOT_WORSE_THAN, margin, path);
    }
    if (other.isPresent()) {
      return new Rule(
          metric, organ, method, Rule.Kind.BETTER_THAN, margin, known(other.get(), methods));
    }
    Rule.Kind kind = section.value("minimum").isPresent() ? Rule.Kind.MINIMUM : Rule.Kind.MAXIMUM;
    return new Rule(metric, organ, method, kind, bounds.get(0).asDouble(), "");
  }

  private static String place(Section section) {
    return section.place().substring(" of <rule>".length());
  }

  private static String listed(List<Value> bounds) {
    return "several bounds: "
        + String.join(", ", bounds.stream().map(v -> v.source() + " " + v.text()).toList())
        + ".";
  }

  /** A metric by its name in {@code metrics.json}, with or without the unit. */
  private static RuleMetric metric(Value value) {
    for (RuleMetric metric : RuleMetric.values()) {
      if (value.text().equals(metric.metricName()) || value.text().equals(metric.shortName())) {
        return metric;
      }
    }
    throw value.notAllowed(
        Arrays.stream(RuleMetric.values())
            .map(RuleMetric::metricName)
            .collect(Collectors.joining(", ")));
  }

  private static String known(Value value, List<String> names) {
    if (names.contains(value.text())) {
      return value.text();
    }
    String hint =
        NearestName.of(value.text(), names).map(n -> "Did you mean " + n + "? ").orElse("");
    throw new BadInputException(
        value.source() + " is " + (value.text().isEmpty() ? "empty" : value.text()) + ".",
        hint + "Allowed is " + String.join(", ", names) + ".");
  }
}
