package org.mskd.pipeline.stage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mskd.problem.BadInputException;

/** The stages that are to run even if they are up to date, from {@code <rerun>}. */
public final class ForcedStages {
  /** Why they run. */
  static final String REASON = "<rerun> names it";

  private ForcedStages() {}

  /**
   * Their ids.
   *
   * @param names such as {@code teacher:liver} or {@code teacher/liver}; {@code teacher} for all
   *     teachers
   * @param stages of the goal
   * @throws BadInputException if the goal has no such stage
   */
  public static Set<String> of(List<String> names, List<Stage> stages) {
    List<String> ids = stages.stream().map(Stage::id).toList();
    Set<String> forced = new LinkedHashSet<>();
    for (String name : names) {
      String id = name.replace(':', '/');
      List<String> named =
          ids.stream().filter(one -> one.equals(id) || one.startsWith(id + "/")).toList();
      if (named.isEmpty()) {
        throw new BadInputException(
            "<rerun> names \"%s\", which is not a stage of this goal.".formatted(name),
            "Its stages are "
                + ids.stream().map(one -> one.replace('/', ':')).collect(Collectors.joining(", "))
                + ".");
      }
      forced.addAll(named);
    }
    return forced;
  }
}
