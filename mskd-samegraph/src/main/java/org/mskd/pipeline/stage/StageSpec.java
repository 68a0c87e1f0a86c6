package org.mskd.pipeline.stage;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that a stage's result depends on. A specification exists before any stage has run; its
 * inputs are compared after the stages that it depends on ({@link StageInputs}).
 *
 * @param id unique within the experiment, such as {@code teacher/liver}
 * @param kind of the stage, such as {@code teacher}
 * @param parameters values by name
 * @param inputs files and results of other stages by name
 */
public record StageSpec(
    String id, String kind, SortedMap<String, String> parameters, SortedMap<String, Input> inputs) {
  /**
   * @throws IllegalArgumentException if a name is that of a parameter and of an input
   */
  public StageSpec {
    if (!Collections.disjoint(parameters.keySet(), inputs.keySet())) {
      throw new IllegalArgumentException(id + ": " + parameters.keySet() + ", " + inputs.keySet());
    }
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
  }

  /** A specification without parameters and inputs. */
  public static StageSpec of(String id, String kind) {
    return new StageSpec(id, kind, new TreeMap<>(), new TreeMap<>());
  }

  /** A copy with a parameter. */
  public StageSpec with(String name, String value) {
    return withAll(Map.of(name, value));
  }

  /** A copy with parameters. */
  public StageSpec withAll(Map<String, String> more) {
    SortedMap<String, String> all = new TreeMap<>(parameters);
    all.putAll(more);
    return new StageSpec(id, kind, all, inputs);
  }

  /** A copy with an input. */
  public StageSpec with(String name, Input input) {
    SortedMap<String, Input> all = new TreeMap<>(inputs);
    all.put(name, input);
    return new StageSpec(id, kind, parameters, all);
  }

  /** A copy with all outputs of another stage as an input. */
  public StageSpec withOutput(String name, String stageId) {
    return with(name, new Input.Output(stageId));
  }

  /** The ids of the stages whose results this one reads. */
  public SortedSet<String> dependencies() {
    List<String> ids = inputs.values().stream().flatMap(input -> input.stage().stream()).toList();
    return new TreeSet<>(ids);
  }
}
