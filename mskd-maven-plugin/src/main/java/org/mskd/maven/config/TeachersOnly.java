package org.mskd.maven.config;

import java.util.Optional;
import org.mskd.problem.BadInputException;

/** Whether an experiment ends with the teachers: {@code <teachersOnly>}. */
final class TeachersOnly {
  private static final String ELEMENT = "teachersOnly";

  private TeachersOnly() {}

  /**
   * Reads the element. As a user property overrides the POM, {@code -Dmskd.teachersOnly} leaves out
   * the declared students, and {@code -Dmskd.methods} trains some in a project of teachers.
   *
   * @throws BadInputException if students are declared as well
   */
  static boolean of(Section root) {
    if (!root.flag(ELEMENT, false)) {
      return false;
    }
    Value only = root.value(ELEMENT).orElseThrow();
    Optional<Value> named = root.value("methods");
    boolean declared = root.section("methods").declared();
    if (named.filter(value -> value.origin().overrides(only.origin())).isPresent()) {
      return false;
    }
    boolean sameOrigin = named.filter(value -> value.origin() == only.origin()).isPresent();
    if (sameOrigin || declared && only.origin() != Origin.USER_PROPERTY) {
      throw new BadInputException(
          "%s is true, but %s are declared."
              .formatted(only.source(), named.map(Value::source).orElse("<methods>")),
          "Leave one of them out: without students there are no methods.");
    }
    return true;
  }
}
