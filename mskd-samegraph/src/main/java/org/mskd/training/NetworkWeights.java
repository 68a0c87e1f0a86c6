package org.mskd.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.graph.GraphSession;
import org.mskd.graph.HostFloats;
import org.mskd.graph.Weights;
import org.mskd.model.Model;
import org.mskd.model.Tensor;
import org.nd4j.autodiff.samediff.SameDiff;
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
   * Writes a model's weights into a graph built for its network.
   *
   * @throws org.mskd.problem.BadInputException where they are not that network's
   */
  static void load(SameDiff graph, Model model) {
    SortedMap<String, Weights.Tensor> tensors = new TreeMap<>();
    model
        .tensors()
        .forEach(
            (name, tensor) ->
                tensors.put(name, new Weights.Tensor(tensor.shape(), tensor.values())));
    new Weights(tensors).into(graph);
  }
}
