package org.mskd.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A parameter, data set, property of the environment or digest of code that is not the same in all
 * runs.
 *
 * @param name such as {@code training.epochs}
 * @param values of each run; {@value #NONE} where it has none
 */
public record SettingDifference(String name, List<String> values) {
  static final String NONE = "-";

  public SettingDifference {
    values = List.copyOf(values);
  }

  /** All differences, by name. Runs of which only the scores are known have no settings. */
  static List<SettingDifference> between(List<ComparedRun> runs) {
    SortedSet<String> names = new TreeSet<>();
    runs.forEach(run -> names.addAll(run.settings().keySet()));
    List<SettingDifference> differences = new ArrayList<>();
    for (String name : names) {
      List<String> values =
          runs.stream().map(run -> run.settings().getOrDefault(name, NONE)).toList();
      List<String> known =
          runs.stream()
              .filter(run -> !run.settings().isEmpty())
              .map(run -> run.settings().getOrDefault(name, NONE))
              .distinct()
              .toList();
      if (known.size() > 1) {
        differences.add(new SettingDifference(name, values));
      }
    }
    return differences;
  }
}
