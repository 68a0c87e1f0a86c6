package org.mskd.pipeline.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.mskd.problem.BadInputException;

/**
 * Stages and their dependencies, in a fixed order in which each stage comes after its dependencies.
 * A dependency on a stage outside the graph counts as done.
 */
public final class StageGraph {
  private final Map<String, Stage> byId = new LinkedHashMap<>();

  /** By id; read once, since specifications are costly and dependencies never change. */
  private final Map<String, Set<String>> dependencies = new HashMap<>();

  /**
   * @param stages in the order of a sequential run
   * @throws IllegalArgumentException if two have one id, or one comes before a stage that it needs
   */
  public StageGraph(List<? extends Stage> stages) {
    Set<String> ids = new HashSet<>();
    stages.forEach(stage -> ids.add(stage.id()));
    for (Stage stage : stages) {
      Set<String> own = stage.spec().dependencies();
      dependencies.put(stage.id(), own);
      for (String needed : own) {
        if (ids.contains(needed) && !byId.containsKey(needed)) {
          throw new IllegalArgumentException(stage.id() + " comes before " + needed);
        }
      }
      if (byId.put(stage.id(), stage) != null) {
        throw new IllegalArgumentException("two stages " + stage.id());
      }
    }
  }

  /** All stages, in their order. */
  public List<Stage> stages() {
    return List.copyOf(byId.values());
  }

  /**
   * The stage of an id.
   *
   * @throws BadInputException if there is none
   */
  public Stage stage(String id) {
    Stage stage = byId.get(id);
    if (stage == null) {
      throw new BadInputException(
          "There is no stage " + id + " in this request.", "Its stages are " + byId.keySet() + ".");
    }
    return stage;
  }

  /** The targets and all stages that they need, directly or through others, in this order. */
  public StageGraph neededBy(Predicate<Stage> target) {
    Set<String> needed = new HashSet<>();
    List<Stage> chosen = new ArrayList<>();
    List<Stage> all = stages();
    for (int i = all.size() - 1; i >= 0; i--) { // readers come after what they read
      Stage stage = all.get(i);
      if (target.test(stage) || needed.contains(stage.id())) {
        needed.addAll(dependencies.get(stage.id()));
        chosen.add(0, stage);
      }
    }
    return new StageGraph(chosen);
  }

  /** The stages that a stage needs directly. */
  List<Stage> dependencies(Stage stage) {
    return dependencies.get(stage.id()).stream().filter(byId::containsKey).map(byId::get).toList();
  }

  /** The stages that need a stage directly. */
  List<Stage> readers(Stage stage) {
    return byId.values().stream()
        .filter(reader -> dependencies.get(reader.id()).contains(stage.id()))
        .toList();
  }
}
