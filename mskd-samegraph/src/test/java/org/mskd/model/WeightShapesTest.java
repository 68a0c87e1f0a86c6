package org.mskd.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.UNet;
import org.mskd.graph.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;

class WeightShapesTest {
  private static final Network SMALL = new Network(2, 1, Normalization.NONE);

  @ParameterizedTest
  @CsvSource({"1, 1, NONE, 2", "2, 1, INSTANCE, 3", "3, 2, INSTANCE, 2", "4, 3, NONE, 5"})
  void graphHasTheseParameters(int base, int depth, Normalization normalization, int outputs) {
    Network network = new Network(base, depth, normalization);
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, 1, 16, 16, 1);
    UNet.build(graph, image, network, outputs, new WeightInit(1));
    SortedMap<String, String> built = built(graph);
    assertEquals(built, shapes(UNet2d.of(network, outputs)));
    assertTrue(built.containsKey("decoder.0.conv1.weight"), built::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, NONE, unet-2d-conditional",
    "3, 2, INSTANCE, unet-2d-conditional",
    "2, 1, NONE, unet-2d-dynamic-head",
    "4, 3, INSTANCE, unet-2d-dynamic-head"
  })
  void graphsOfOtherArchitecturesHaveTheirs(
      int base, int depth, Normalization normalization, String name) {
    Architecture architecture =
        Architecture.of(name, new Network(base, depth, normalization), 1, 3);
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, 1, 16, 16, 1);
    SDVariable tasks = graph.placeHolder("tasks", DataType.FLOAT, 1, 1, 3);
    UNet.build(graph, image, architecture, Optional.of(tasks), new WeightInit(1));
    assertEquals(built(graph), shapes(architecture));
  }

  private static SortedMap<String, String> built(SameDiff graph) {
    SortedMap<String, String> built = new TreeMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        built.put(variable.name(), Arrays.toString(variable.getArr().shape()));
      }
    }
    return built;
  }

  private static SortedMap<String, String> shapes(Architecture architecture) {
    SortedMap<String, String> shapes = new TreeMap<>();
    new WeightShapes(architecture)
        .byName()
        .forEach((name, shape) -> shapes.put(name, Arrays.toString(shape)));
    return shapes;
  }

  /** Zeros of the right shapes. */
  private static SortedMap<String, Tensor> whole() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    new WeightShapes(UNet2d.of(SMALL, 2))
        .byName()
        .forEach((name, shape) -> put(tensors, name, shape, new float[elements(shape)]));
    return tensors;
  }

  private static int elements(long[] shape) {
    return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  private static void put(
      SortedMap<String, Tensor> tensors, String name, long[] shape, float[] values) {
    tensors.put(name, new Tensor(name, shape, values));
  }

  private static Optional<String> objection(SortedMap<String, Tensor> tensors) {
    return new WeightShapes(UNet2d.of(SMALL, 2)).objection(tensors);
  }

  @Test
  void firstDifferenceIsReported() {
    assertEquals(Optional.empty(), objection(whole()));
    SortedMap<String, Tensor> lacking = whole();
    lacking.remove("head.bias");
    assertEquals(Optional.of("it lacks head.bias"), objection(lacking));
    lacking.remove("head.weight");
    assertEquals(Optional.of("it lacks head.bias and 1 more"), objection(lacking));
    SortedMap<String, Tensor> more = whole();
    put(more, "w", new long[] {1}, new float[1]);
    assertEquals(Optional.of("the network has no w"), objection(more));
    SortedMap<String, Tensor> other = whole();
    put(other, "head.weight", new long[] {1, 1, 1, 4}, new float[4]);
    assertEquals(
        Optional.of("its head.weight has the shape [1, 1, 1, 4], not [1, 1, 2, 2]"),
        objection(other));
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      SortedMap<String, Tensor> diverged = whole();
      diverged.get("encoder.1.conv2.bias").values()[3] = bad;
      assertEquals(Optional.of("its encoder.1.conv2.bias holds " + bad), objection(diverged));
    }
  }
}
