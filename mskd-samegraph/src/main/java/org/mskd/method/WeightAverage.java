package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.graph.UNet;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.Kernels;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.training.NetworkWeights;
import org.mskd.training.TensorBatch;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An exponential moving average of a network's weights, as a network of its own that runs forward
 * (Tarvainen and Valpola, <i>Mean teachers are better role models</i>, NeurIPS 2017). It begins
 * with the weights of the network at that time. No gradient flows into it: the network that is
 * trained only sees its outputs, as inputs.
 */
final class WeightAverage implements AutoCloseable {
  /** Floats of a task: parameters differ in size by a thousand times, tasks should not. */
  private static final int PART = 1 << 15;

  private final GraphSession trained;
  private final GraphSession session;
  private final String logits;
  private final List<Part> parts = new ArrayList<>();

  /** Floats {@code begin .. end-1} of a parameter. */
  private record Part(String parameter, int begin, int end) {}

  /**
   * @param context that of the network
   * @param trained holds the network's parameters by the names of {@link UNet}, perhaps with others
   */
  WeightAverage(TrainingContext context, GraphSession trained) {
    this.trained = trained;
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
    for (String name : session.parameters()) {
      int length = (int) session.parameter(name).length();
      for (int begin = 0; begin < length; begin += PART) {
        parts.add(new Part(name, begin, Math.min(length, begin + PART)));
      }
    }
    update(0);
  }

  /**
   * Moves each weight of the average by (1 - decay) of its distance towards the network's.
   *
   * @param decay from 0 to 1
   */
  void update(double decay) {
    float step = (float) (1 - decay);
    Map<String, HostFloats> averages = new TreeMap<>();
    Map<String, HostFloats> weights = new TreeMap<>();
    for (String name : session.parameters()) {
      averages.put(name, HostFloats.update(session.parameter(name)));
      weights.put(name, HostFloats.read(trained.parameter(name)));
    }
    Kernels.parallel(
        parts.size(),
        p -> {
          Part part = parts.get(p);
          move(averages.get(part.parameter), weights.get(part.parameter), part, step);
        });
    averages.values().forEach(HostFloats::close);
  }

  private static void move(HostFloats averages, HostFloats weights, Part part, float step) {
    int count = part.end - part.begin;
    float[] average = new float[count];
    float[] weight = new float[count];
    averages.get(part.begin, average, count);
    weights.get(part.begin, weight, count);
    for (int i = 0; i < count; i++) {
      average[i] = step == 1 ? weight[i] : average[i] + step * (weight[i] - average[i]);
    }
    averages.put(part.begin, average, count);
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
    return NetworkWeights.of(session);
  }

  /**
   * Its weights for a checkpoint.
   *
   * @param prefix begins their names
   */
  List<Tensor> state(String prefix) {
    return weights().stream()
        .map(one -> new Tensor(prefix + one.name(), one.shape(), one.values()))
        .toList();
  }

  /** Takes the weights of a {@link #state}. */
  void restore(String prefix, Map<String, Tensor> tensors) {
    for (String name : session.parameters()) {
      HostFloats.fill(session.parameter(name), tensors.get(prefix + name).values());
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
