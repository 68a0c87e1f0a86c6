package org.mskd.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.architecture.Architecture;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.problem.BadInputException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Parameters between a graph and a model archive. */
public final class NetworkWeights {
  private NetworkWeights() {}

  /** A copy of a session's parameters. */
  public static List<Tensor> of(GraphSession session) {
    List<Tensor> tensors = new ArrayList<>();
    for (String name : session.parameters()) {
      INDArray array = session.parameter(name);
      tensors.add(new Tensor(name, array.shape(), HostFloats.copy(array)));
    }
    return tensors;
  }

  /**
   * Compares a model's weights with the network that its card describes.
   *
   * @param tensors the weights by name
   * @throws BadInputException where names or shapes are not the architecture's
   */
  static void check(Architecture architecture, Map<String, Tensor> tensors) {
    SortedMap<String, long[]> shapes = new TreeMap<>();
    architecture.parameters().forEach(shape -> shapes.put(shape.name(), shape.toArray()));
    require(shapes, tensors);
  }

  /**
   * Writes a model's weights into a graph built for its network, in place, so that its sessions use
   * them.
   *
   * @param tensors the weights by name
   * @throws BadInputException where names or shapes are not the graph's, before anything is written
   */
  static void load(SameDiff graph, Map<String, Tensor> tensors) {
    SortedMap<String, INDArray> parameters = new TreeMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        parameters.put(variable.name(), variable.getArr());
      }
    }
    SortedMap<String, long[]> shapes = new TreeMap<>();
    parameters.forEach((name, array) -> shapes.put(name, array.shape()));
    require(shapes, tensors);
    parameters.forEach((name, array) -> HostFloats.fill(array, tensors.get(name).values()));
  }

  private static void require(SortedMap<String, long[]> shapes, Map<String, Tensor> tensors) {
    for (String name : tensors.keySet()) {
      if (!shapes.containsKey(name)) {
        throw mismatch("The network has no parameter " + name + ", but the weights do.");
      }
    }
    shapes.forEach((name, shape) -> requireShape(name, tensors.get(name), shape));
  }

  private static void requireShape(String name, Tensor tensor, long[] shape) {
    if (tensor == null) {
      throw mismatch("The weights lack the network's parameter " + name + ".");
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw mismatch(
          "The weights' parameter %s has the shape %s, the network's has %s."
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
  }

  private static BadInputException mismatch(String problem) {
    return new BadInputException(
        problem, "Use the weights with the network settings they were trained with.");
  }
}
