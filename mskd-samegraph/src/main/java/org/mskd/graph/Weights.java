package org.mskd.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.problem.BadInputException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All parameters of a graph, outside of any tensor library.
 *
 * @param tensors by name, sorted
 */
public record Weights(SortedMap<String, Tensor> tensors) {
  /**
   * One parameter; the arrays are not copied.
   *
   * @param shape its sizes
   * @param values in 'c' order, as many as the sizes' product
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Tensor(long[] shape, float[] values) {
    public Tensor {
      long count = 1;
      for (long size : shape) {
        count = Math.multiplyExact(count, size);
      }
      if (count != values.length) {
        throw new IllegalArgumentException(
            values.length + " values for the shape " + Arrays.toString(shape));
      }
    }
  }

  public Weights {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }

  /** A copy of a graph's parameters as they are now. */
  public static Weights of(SameDiff graph) {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        INDArray array = variable.getArr();
        tensors.put(variable.name(), new Tensor(array.shape().clone(), HostFloats.copy(array)));
      }
    }
    return new Weights(tensors);
  }

  /**
   * Writes these values into a graph's parameters in place, so that its sessions see them.
   *
   * @throws BadInputException where names or shapes are not the graph's, before anything is written
   */
  public void into(SameDiff graph) {
    SortedMap<String, INDArray> targets = new TreeMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        targets.put(variable.name(), variable.getArr());
      }
    }
    for (String name : tensors.keySet()) {
      if (!targets.containsKey(name)) {
        throw mismatch("The network has no parameter " + name + ", but the weights do.");
      }
    }
    targets.forEach(
        (name, array) -> {
          Tensor tensor = tensors.get(name);
          if (tensor == null) {
            throw mismatch("The weights lack the network's parameter " + name + ".");
          }
          if (!Arrays.equals(tensor.shape(), array.shape())) {
            throw mismatch(
                "The weights' parameter %s has the shape %s, the network's has %s."
                    .formatted(
                        name, Arrays.toString(tensor.shape()), Arrays.toString(array.shape())));
          }
        });
    targets.forEach((name, array) -> HostFloats.fill(array, tensors.get(name).values()));
  }

  private static BadInputException mismatch(String problem) {
    return new BadInputException(
        problem, "Use the weights with the network settings they were trained with.");
  }
}
