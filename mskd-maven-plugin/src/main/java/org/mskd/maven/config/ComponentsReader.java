package org.mskd.maven.config;

import java.util.Arrays;
import java.util.List;
import org.mskd.experiment.KeptComponents;

/** Reads {@code <components>}, such as {@code kidney 2, liver 1}. */
final class ComponentsReader {
  private static final String ALLOWED =
      "organs with numbers of components, such as kidney 2, liver 1";

  private ComponentsReader() {}

  /** By organ; empty where all components are kept. */
  static List<KeptComponents> read(Section root) {
    return root.section("evaluation")
        .value("components")
        .map(ComponentsReader::of)
        .orElse(List.of());
  }

  private static List<KeptComponents> of(Value value) {
    return Arrays.stream(value.text().split(","))
        .map(String::strip)
        .map(part -> part.split("[\\s=]+"))
        .map(part -> kept(value, part))
        .toList();
  }

  private static KeptComponents kept(Value value, String[] words) {
    try {
      if (words.length == 2) {
        return new KeptComponents(words[0], Integer.parseInt(words[1]));
      }
    } catch (NumberFormatException e) {
      // Not a number: as for a wrong count of words.
    }
    throw value.notAllowed(ALLOWED);
  }
}
