package org.mskd.maven.config;

import java.util.List;

/**
 * The parameters of the goal {@code resolve}.
 *
 * @param classifiers the machines that jars are fetched for; none for this one
 */
public record ResolveSettings(List<String> classifiers) {
  public ResolveSettings {
    classifiers = List.copyOf(classifiers);
  }

  /**
   * The parameters as properties give them.
   *
   * @throws org.mskd.problem.BadInputException if a value is empty
   */
  public static ResolveSettings of(Section root) {
    return new ResolveSettings(
        root.property("classifiers")
            .map(value -> value.asWords("platforms such as macosx-arm64, separated by commas"))
            .orElse(List.of()));
  }
}
