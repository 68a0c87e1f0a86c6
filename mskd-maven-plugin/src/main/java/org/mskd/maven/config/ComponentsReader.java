package org.mskd.maven.config;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mskd.experiment.KeptComponents;

/** Reads {@code <components>}, such as {@code kidney 2, liver 1}. */
final class ComponentsReader {
  private static final String ALLOWED =
      "organs with numbers of components, such as kidney 2, liver 1";

  private static final Pattern ORGAN_AND_NUMBER = Pattern.compile("(.+?)\\s*[\\s=]\\s*(\\d{1,9})");

  private ComponentsReader() {}

  /** By organ; empty where all components are kept. */
  static List<KeptComponents> read(Section root) {
    return root.section("evaluation")
        .value("components")
        .map(ComponentsReader::of)
        .orElse(List.of());
  }

  private static List<KeptComponents> of(Value value) {
    return Arrays.stream(value.text().split(",")).map(part -> kept(value, part.strip())).toList();
  }

  /** The number is the last word; an organ's name may have several. */
  private static KeptComponents kept(Value value, String part) {
    Matcher words = ORGAN_AND_NUMBER.matcher(part);
    if (!words.matches()) {
      throw value.notAllowed(ALLOWED);
    }
    return new KeptComponents(words.group(1), Integer.parseInt(words.group(2)));
  }
}
