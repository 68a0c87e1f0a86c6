package org.mskd.maven.worker;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

/**
 * What is on the class path of a goal's worker besides the library.
 *
 * @param backend absent for goals without tensors
 * @param methods jars that the POM declares as dependencies of the plugin
 * @param further jars that the goal alone needs
 */
public record WorkerParts(
    Optional<Backend> backend, List<Coordinates> methods, List<Coordinates> further) {
  public WorkerParts {
    methods = List.copyOf(methods);
    further = List.copyOf(further);
  }

  /**
   * The parts that a request needs.
   *
   * @param backend the chosen one; absent for goals without tensors
   */
  public static WorkerParts of(
      WorkerRequest request,
      Optional<Backend> backend,
      PluginDependencies dependencies,
      Versions versions) {
    boolean runtime = request.export().filter(ExportOptions::needsRuntime).isPresent();
    return new WorkerParts(
        backend, dependencies.methods(), ofGoal(request.goal(), runtime, versions));
  }

  /** The parts of all goals, each with all of its options. */
  public static Set<WorkerParts> ofAllGoals(
      Backend backend, PluginDependencies dependencies, Versions versions) {
    Set<WorkerParts> all = new LinkedHashSet<>();
    for (Goal goal : Goal.values()) {
      Optional<Backend> needed = goal.needsTensors() ? Optional.of(backend) : Optional.empty();
      for (boolean runtime : new boolean[] {false, true}) {
        all.add(new WorkerParts(needed, dependencies.methods(), ofGoal(goal, runtime, versions)));
      }
    }
    return all;
  }

  /**
   * Jars that a goal alone needs.
   *
   * @param runtime whether files are checked in ONNX Runtime
   */
  private static List<Coordinates> ofGoal(Goal goal, boolean runtime, Versions versions) {
    return goal == Goal.EXPORT && runtime ? List.of(Coordinates.onnxRuntime(versions)) : List.of();
  }
}
