package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.experiment.Method;
import org.mskd.method.ConfiguredMethod;
import org.mskd.method.Methods;
import org.mskd.problem.BadInputException;

/**
 * Finds students that would have equal weights: all students without an initial model start from
 * the same weights, and all get the same batches, so equal methods with equal options train equal
 * networks.
 */
final class EqualStudents {
  private EqualStudents() {}

  /**
   * @param initialModels the models that students begin with, by the student's name
   * @throws BadInputException naming the first two equal students
   */
  static void refuse(List<Method> methods, Map<String, Path> initialModels) {
    Map<List<Object>, String> seen = new HashMap<>();
    for (Method declared : methods) {
      ConfiguredMethod method = Methods.installed().of(declared);
      String other =
          seen.putIfAbsent(
              List.of(
                  method.method().id(),
                  method.effective(),
                  Optional.ofNullable(initialModels.get(declared.name()))),
              declared.name());
      if (other != null) {
        throw new BadInputException(
            "Methods %s and %s would train the same student twice: their losses are the same."
                .formatted(other, declared.name()),
            "Leave one of them out, or change an element that affects it; with a <featureWeight>"
                + " of 0, elements about features do not.");
      }
    }
  }
}
