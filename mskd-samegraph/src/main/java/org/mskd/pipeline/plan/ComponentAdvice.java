package org.mskd.pipeline.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.mskd.evaluation.ComponentScores;
import org.mskd.evaluation.ComponentScores.Choice;

/** Says for which organs keeping the largest components alone raises Dice in a cross-validation. */
final class ComponentAdvice {
  private ComponentAdvice() {}

  /** A line for each model that gains; none if there is none. */
  static List<String> lines(SortedMap<String, ComponentScores> models) {
    List<String> lines = new ArrayList<>();
    models.forEach(
        (model, scores) -> {
          SortedMap<String, Choice> choices = scores.choices();
          if (!choices.isEmpty()) {
            lines.add(
                "%s: with <components>%s</components> mean Dice changes by %s."
                    .formatted(model, setting(choices), gains(choices)));
          }
        });
    if (!lines.isEmpty()) {
      lines.add(0, "Largest components that raise Dice on held-out subjects:");
      lines.add(0, "");
    }
    return lines;
  }

  private static String setting(SortedMap<String, Choice> choices) {
    return choices.entrySet().stream()
        .map(organ -> organ.getKey() + " " + organ.getValue().count())
        .collect(Collectors.joining(", "));
  }

  private static String gains(SortedMap<String, Choice> choices) {
    return choices.entrySet().stream()
        .map(
            organ ->
                String.format(Locale.ROOT, "+%.3f (%s)", organ.getValue().gain(), organ.getKey()))
        .collect(Collectors.joining(", "));
  }
}
