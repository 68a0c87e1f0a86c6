package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.UNet;
import org.mskd.graph.WeightInit;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.problem.BadInputException;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

class NetworkWeightsTest {
  private static final Network SMALL = new Network(4, 2, Normalization.INSTANCE);

  private static SameDiff graph(Network network, long seed) {
    SameDiff graph = SameDiff.create();
    var image = graph.placeHolder("image", DataType.FLOAT, 1, 16, 16, 1);
    UNet.build(graph, image, network, 2, new WeightInit(seed));
    return graph;
  }

  private static Map<String, Tensor> weights(SameDiff graph) {
    Map<String, Tensor> weights = new TreeMap<>();
    try (GraphSession session = GraphSession.forInference(graph, List.of("logits"))) {
      NetworkWeights.of(session).forEach(tensor -> weights.put(tensor.name(), tensor));
    }
    return weights;
  }

  @Test
  void readWeightsEqualWrittenOnes() {
    Map<String, Tensor> given = weights(graph(SMALL, 1));
    SameDiff other = graph(SMALL, 2);
    NetworkWeights.load(other, given);
    Map<String, Tensor> back = weights(other);
    assertTrue(given.containsKey("head.weight"));
    given.forEach(
        (name, tensor) -> {
          assertArrayEquals(tensor.shape(), back.get(name).shape(), name);
          assertArrayEquals(tensor.values(), back.get(name).values(), name);
        });
  }

  @Test
  void thoseOfAnotherNetworkAreRefusedAndNothingIsWritten() {
    refused("decoder.0.conv1.bias has the shape [8]", new Network(8, 2, Normalization.INSTANCE));
    refused("no parameter decoder.2", new Network(4, 3, Normalization.INSTANCE));
    refused("lack the network's parameter decoder.0.norm1", new Network(4, 2, Normalization.NONE));
  }

  private static void refused(String expected, Network other) {
    SameDiff graph = graph(SMALL, 1);
    Map<String, Tensor> before = weights(graph);
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> NetworkWeights.load(graph, weights(graph(other, 2))));
    assertTrue(e.problem().contains(expected), e.problem());
    assertEquals(before, weights(graph), "something was written");
  }
}
