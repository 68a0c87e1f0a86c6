package org.mskd.export;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.architecture.ParameterShape;
import org.mskd.model.Tensor;

/** A model's weights as constants of an ONNX graph, each added when a node first needs it. */
final class OnnxWeights {
  private final OnnxGraph graph;
  private final Map<String, Tensor> tensors;
  private final Set<String> added = new HashSet<>();

  OnnxWeights(OnnxGraph graph, Map<String, Tensor> tensors) {
    this.graph = graph;
    this.tensors = tensors;
  }

  /** The values of a parameter; not a copy. */
  float[] values(ParameterShape parameter) {
    return Objects.requireNonNull(tensors.get(parameter.name()), parameter.name()).values();
  }

  /** A parameter as it is. Its name in the graph. */
  String vector(ParameterShape parameter) {
    return shaped(parameter, parameter.toArray());
  }

  /** A parameter in another shape, always the same one. Its name in the graph. */
  String shaped(ParameterShape parameter, long... shape) {
    if (added.add(parameter.name())) {
      graph.floats(parameter.name(), shape, values(parameter));
    }
    return parameter.name();
  }

  /** The sum of two vectors of equal length, under a name of its own. */
  String sum(String name, float[] first, float[] second, long... shape) {
    float[] sum = new float[first.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = first[i] + second[i];
    }
    graph.floats(name, shape, sum);
    return name;
  }

  /** The weights of a convolution, {@code [out, in, kernel, kernel]}. Their name in the graph. */
  String kernel(ConvolutionLayer layer) {
    if (added.add(layer.weight().name())) {
      long[] shape = {layer.out(), layer.in(), layer.kernel(), layer.kernel()};
      graph.floats(layer.weight().name(), shape, channelsFirst(layer, layer.in()));
    }
    return layer.weight().name();
  }

  /**
   * The weights of a convolution's first inputs, from our order {@code [kernel, kernel, in, out]}.
   *
   * @param inputs how many of its inputs
   * @return {@code [out, inputs, kernel, kernel]} flattened
   */
  float[] channelsFirst(ConvolutionLayer layer, int inputs) {
    float[] ours = values(layer.weight());
    int taps = layer.kernel() * layer.kernel();
    float[] values = new float[layer.out() * inputs * taps];
    for (int tap = 0; tap < taps; tap++) {
      for (int in = 0; in < inputs; in++) {
        for (int out = 0; out < layer.out(); out++) {
          values[(out * inputs + in) * taps + tap] =
              ours[(tap * layer.in() + in) * layer.out() + out];
        }
      }
    }
    return values;
  }
}
