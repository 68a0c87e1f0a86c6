package org.mskd.maven.config;

import java.util.Optional;
import org.mskd.problem.BadInputException;

/** An option that belongs to one value of another element, which has a different value. */
final class UnusedOption {
  private UnusedOption() {}

  /**
   * Refuses it. But as a user property overrides the POM, one that chooses the other element's
   * value lets an option in the POM be without effect.
   *
   * @param option the given option
   * @param choice name of the other element, such as {@code optimizer}
   * @param chosen its value, given or the default
   * @param needed the value that the option belongs to
   */
  static void refuse(Section section, Value option, String choice, Enum<?> chosen, Enum<?> needed) {
    Optional<Value> given = section.value(choice);
    boolean overridden =
        given.filter(value -> value.origin().overrides(option.origin())).isPresent();
    if (!overridden) {
      throw new BadInputException(
          "%s is %s, but %s is %s."
              .formatted(
                  option.source(),
                  option.text(),
                  given.map(Value::source).orElse("<" + choice + ">"),
                  Value.word(chosen)),
          "It is an option of %s: leave it out, or set <%s=%s>."
              .formatted(Value.word(needed), choice, Value.word(needed)));
    }
  }
}
