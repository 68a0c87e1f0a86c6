package org.mskd.maven.config;

import java.util.function.Supplier;
import org.mskd.experiment.NotAllowedException;
import org.mskd.problem.BadInputException;

/** Names the library's parameters as elements of the POM and as properties. */
final class NamedElements {
  private NamedElements() {}

  /**
   * What a supplier gives.
   *
   * @throws BadInputException in place of the library's error about a value; not caused by it, as
   *     Maven would show both
   */
  static <T> T of(Supplier<T> value) {
    try {
      return value.get();
    } catch (NotAllowedException e) {
      throw of(e, "", Schema.properties().contains(e.parameter()));
    }
  }

  /**
   * What an element of a list gives, which has no property.
   *
   * @param place of the element, such as {@code " of <method> 2"}
   * @throws BadInputException as {@link #of(Supplier)}
   */
  static <T> T inList(String place, Supplier<T> value) {
    try {
      return value.get();
    } catch (NotAllowedException e) {
      throw of(e, place, false);
    }
  }

  private static BadInputException of(NotAllowedException e, String place, boolean hasProperty) {
    String property = hasProperty ? " or " + Schema.userProperty(e.parameter()) : "";
    return new BadInputException(
        "<%s>%s is %s.".formatted(e.parameter(), place, e.value()),
        "Allowed is %s; change the element%s.".formatted(e.allowed(), property));
  }
}
