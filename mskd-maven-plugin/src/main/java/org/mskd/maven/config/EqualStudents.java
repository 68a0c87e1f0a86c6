package org.mskd.maven.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Method;
import org.mskd.problem.BadInputException;

/**
 * Finds methods whose students would be the same, weight by weight: all students begin with the
 * same weights and see the same batches, so equal losses make equal networks.
 */
final class EqualStudents {
  private EqualStudents() {}

  /**
   * @throws BadInputException naming the first two
   */
  static void refuse(List<Method> methods) {
    Map<Distillation, String> seen = new HashMap<>();
    for (Method method : methods) {
      String other = seen.putIfAbsent(method.distillation().effective(), method.name());
      if (other != null) {
        throw new BadInputException(
            "Methods %s and %s would train the same student twice: their losses are the same."
                .formatted(other, method.name()),
            "Leave one of them out, or change an element that counts for it; with a <featureWeight>"
                + " of 0 none about features does.");
      }
    }
  }
}
