package org.mskd.pipeline.stage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mskd.problem.BadInputException;

/** The stages that are to run even if they are up to date, from {@code <rerun>}. */
public final class ForcedStages {
  /** Why they run. */
  public static final String REASON = "<rerun> names it";

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
      List<String> named = ids.stream().filter(id -> names(name, id)).toList();
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

  /**
   * Whether a stage is among those that are named.
   *
   * @param names as above
   */
  public static boolean names(List<String> names, String id) {
    return names.stream().anyMatch(name -> names(name, id));
  }

  private static boolean names(String name, String id) {
    String named = name.replace(':', '/');
    return id.equals(named) || id.startsWith(named + "/");
  }
}
