package org.mskd.maven.config;

import java.util.Optional;
import org.mskd.problem.BadInputException;

/**
 * Options that belong to one value of another element, which has a different value.
 *
 * @param section holds both elements
 * @param preset the given preset, whose value the other element has where it is not given
 */
record UnusedOption(Section section, Optional<Value> preset) {
  /**
   * Refuses one. But as a user property overrides the POM, one that chooses the other element's
   * value, on its own or with the preset, lets an option in the POM be without effect.
   *
   * @param option the given option
   * @param choice name of the other element, such as {@code optimizer}
   * @param chosen its value, given, the preset's, or the default
   * @param needed the value that the option belongs to
   */
  void refuse(Value option, String choice, Enum<?> chosen, Enum<?> needed) {
    Optional<Value> given = section.value(choice);
    boolean overridden =
        given.or(() -> preset).filter(by -> by.origin().overrides(option.origin())).isPresent();
    if (!overridden) {
      String ofPreset =
          given.isPresent()
              ? ""
              : preset.map(by -> " with " + by.source() + " " + by.text()).orElse("");
      throw new BadInputException(
          "%s is %s, but %s is %s%s."
              .formatted(
                  option.source(),
                  option.text(),
                  given.map(Value::source).orElse("<" + choice + ">"),
                  Value.word(chosen),
                  ofPreset),
          "It is an option of %s: leave it out, or set <%s=%s>."
              .formatted(Value.word(needed), choice, Value.word(needed)));
    }
  }
}
