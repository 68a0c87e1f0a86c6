package org.mskd.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ParameterShape;

/**
 * The parameters of an architecture, against which an archive's weights are checked without
 * building the network.
 */
public final class WeightShapes {
  private final SortedMap<String, long[]> shapes = new TreeMap<>();

  /** The shapes of this architecture's parameters. */
  public WeightShapes(Architecture architecture) {
    for (ParameterShape shape : architecture.parameters()) {
      shapes.put(shape.name(), shape.toArray());
    }
  }

  /** Shapes by name; copies. */
  public SortedMap<String, long[]> byName() {
    SortedMap<String, long[]> copy = new TreeMap<>();
    shapes.forEach((name, shape) -> copy.put(name, shape.clone()));
    return copy;
  }

  /**
   * The first difference between weights and the architecture, if there is one: a clause such as
   * {@code "its head.bias has the shape [3], not [2]"}.
   *
   * @param tensors the weights by name
   */
  public Optional<String> objection(SortedMap<String, Tensor> tensors) {
    List<String> missing = new ArrayList<>(shapes.keySet());
    missing.removeAll(tensors.keySet());
    if (!missing.isEmpty()) {
      return Optional.of("it lacks " + some(missing));
    }
    List<String> surplus = new ArrayList<>(tensors.keySet());
    surplus.removeAll(shapes.keySet());
    if (!surplus.isEmpty()) {
      return Optional.of("the network has no " + some(surplus));
    }
    return tensors.values().stream().flatMap(tensor -> objection(tensor).stream()).findFirst();
  }

  private Optional<String> objection(Tensor tensor) {
    long[] shape = shapes.get(tensor.name());
    if (!Arrays.equals(tensor.shape(), shape)) {
      return Optional.of(
          "its %s has the shape %s, not %s"
              .formatted(tensor.name(), Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
    return tensor.notFinite().map(value -> "its %s holds %s".formatted(tensor.name(), value));
  }

  private static String some(List<String> names) {
    return names.get(0) + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
  }
}
