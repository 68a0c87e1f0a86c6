package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the help shows a parameter: its element, property, type and default. */
public final class ElementHelp {
  private ElementHelp() {}

  /**
   * The lines about a parameter: one for a value, one for each value of a group. None for a
   * parameter that is no element of the POM.
   *
   * @param parameter its name, such as {@code seed} or {@code training}
   */
  public static List<String> lines(String parameter) {
    List<String> lines = new ArrayList<>();
    Schema.ROOT
        .child(parameter)
        .ifPresent(
            element -> {
              if (element.isValue()) {
                lines.add(line(element.name(), element));
              } else {
                element.property().ifPresent(p -> lines.add("in short: " + Schema.userProperty(p)));
                element.children().stream()
                    .filter(child -> child.property().isPresent())
                    .map(child -> line(element.name() + "/" + child.name(), child))
                    .forEach(lines::add);
              }
            });
    return lines;
  }

  private static String line(String path, Element element) {
    Optional<String> property = element.property().map(Schema::userProperty);
    String byDefault = element.defaultText().isEmpty() ? "" : ", default " + element.defaultText();
    return path + property.map(p -> " (" + p + ")").orElse("") + ": " + element.type() + byDefault;
  }
}
