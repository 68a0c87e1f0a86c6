package org.mskd.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;

/**
 * Which parameters a U-Net has and how they are shaped, by the names that {@code
 * org.mskd.graph.UNet} gives them: pure arithmetic, so that weights can be judged before any
 * network is built.
 */
public final class WeightShapes {
  private final SortedMap<String, long[]> shapes = new TreeMap<>();
  private final Normalization normalization;

  /**
   * @param outputs the number of classes, background included
   */
  public WeightShapes(Network network, int outputs) {
    this.normalization = network.normalization();
    long base = network.baseChannels();
    for (int level = 0; level <= network.depth(); level++) {
      block("encoder." + level, level == 0 ? 1 : base << (level - 1), base << level);
    }
    for (int level = 0; level < network.depth(); level++) {
      block("decoder." + level, (base << level) + (base << (level + 1)), base << level);
    }
    convolution("head", 1, base, outputs);
  }

  private void block(String name, long in, long out) {
    for (int i = 1; i <= 2; i++) {
      convolution(name + ".conv" + i, 3, i == 1 ? in : out, out);
      if (normalization == Normalization.INSTANCE) {
        shapes.put(name + ".norm" + i + ".scale", new long[] {out});
        shapes.put(name + ".norm" + i + ".shift", new long[] {out});
      }
    }
  }

  private void convolution(String name, long kernel, long in, long out) {
    shapes.put(name + ".weight", new long[] {kernel, kernel, in, out});
    shapes.put(name + ".bias", new long[] {out});
  }

  /** Shapes by name; copies. */
  public SortedMap<String, long[]> byName() {
    SortedMap<String, long[]> copy = new TreeMap<>();
    shapes.forEach((name, shape) -> copy.put(name, shape.clone()));
    return copy;
  }

  /**
   * What is wrong with weights, if anything is: a clause such as {@code "its head.bias has the
   * shape [3], not [2]"}.
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
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        return Optional.of("its %s holds %s".formatted(tensor.name(), value));
      }
    }
    return Optional.empty();
  }

  private static String some(List<String> names) {
    return names.get(0) + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
  }
}
