package org.mskd.method;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mskd.graph.UNet;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.training.ParameterAverage;
import org.mskd.training.TensorBatch;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link ParameterAverage} of a network as a network of its own that runs forward. No gradient
 * flows into it: the network that is trained only sees its outputs, as inputs.
 */
final class WeightAverage implements AutoCloseable {
  private final GraphSession session;
  private final String logits;
  private final ParameterAverage average;

  /**
   * @param context that of the network
   * @param trained holds the network's parameters by the names of {@link UNet}, perhaps with others
   */
  WeightAverage(TrainingContext context, GraphSession trained) {
    SameDiff graph = SameDiff.create();
    int size = context.size();
    int channels = context.network().inputChannels();
    SDVariable image =
        graph.placeHolder(TensorBatch.IMAGE, DataType.FLOAT, context.batch(), size, size, channels);
    this.logits =
        UNet.build(graph, image, context.network(), context.outputs(), context.init())
            .logits()
            .name();
    // Not a frozen session: that would keep reordered copies of the first weights.
    this.session = GraphSession.forInference(graph, List.of(logits));
    Map<String, INDArray> arrays = new HashMap<>();
    session.parameters().forEach(name -> arrays.put(name, session.parameter(name)));
    this.average = new ParameterAverage(trained, arrays);
  }

  /**
   * Moves each weight of the average by (1 - decay) of its distance towards the network's.
   *
   * @param decay from 0 to 1
   */
  void update(double decay) {
    average.update(decay);
  }

  /**
   * The logits of the average network, {@code [batch, size, size, K+1]}; valid until the next call.
   *
   * @param images {@code [batch, size, size, channels]}
   */
  INDArray logits(INDArray images) {
    return session.run(Map.of(TensorBatch.IMAGE, images)).get(logits);
  }

  /** A copy of its weights, by the names of a model. */
  List<Tensor> weights() {
    return average.weights();
  }

  /**
   * Its weights for a checkpoint.
   *
   * @param prefix begins their names
   */
  List<Tensor> state(String prefix) {
    return average.state(prefix);
  }

  /** Takes the weights of a {@link #state}. */
  void restore(String prefix, Map<String, Tensor> tensors) {
    average.restore(prefix, tensors);
  }

  @Override
  public void close() {
    session.close();
  }
}
