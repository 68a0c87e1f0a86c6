package org.mskd.doctor;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.architecture.NormalizationLayer;
import org.mskd.experiment.Normalization;
import org.mskd.graph.Layers;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The network's layers, each by itself. */
final class LayerChecks {
  private static final int SIDE = 6;
  private static final int IN = 3;
  private static final int OUT = 5;

  private LayerChecks() {}

  static List<Check> all() {
    return List.of(
        layer(
            "softmax over the channels of [batch, height, width, channels]",
            SIDE,
            IN,
            (graph, x) -> graph.nn().softmax(x, 3),
            x -> PlainLayers.softmax(x, IN)),
        layer(
            "instance normalisation and LeakyReLU",
            SIDE,
            IN,
            (graph, x) -> layers(graph).activation(new NormalizationLayer("norm", IN), x),
            x -> PlainLayers.norm(x, IN)),
        layer(
            "2x2 maximum pooling",
            SIDE / 2,
            IN,
            (graph, x) -> layers(graph).pool(x),
            x -> PlainLayers.pool(x, SIDE, IN)),
        layer(
            "2x2 up-sampling",
            2 * SIDE,
            IN,
            (graph, x) -> layers(graph).up(x, SIDE, IN),
            x -> PlainLayers.up(x, SIDE, IN)),
        layer(
            "concatenation of channels",
            SIDE,
            2 * IN,
            (graph, x) -> layers(graph).join(x, x.mul(2)),
            x -> PlainLayers.joinedWithItsDouble(x, IN)),
        new Convolution(
            "3x3 convolution",
            SIDE,
            IN,
            (graph, x) -> layers(graph).convolution(new ConvolutionLayer("conv", 3, IN, OUT), x),
            UnaryOperator.identity()),
        new Convolution(
            "3x3 convolution of skipped and up-sampled features",
            2 * SIDE,
            2 * IN,
            (graph, x) ->
                layers(graph)
                    .joinedConvolution(
                        new ConvolutionLayer("conv", 3, 2 * IN, OUT),
                        layers(graph).up(x, SIDE, IN),
                        x.mul(2),
                        SIDE,
                        IN),
            x -> PlainLayers.joinedWithItsDouble(PlainLayers.up(x, SIDE, IN), IN)));
  }

  private static Layers layers(SameDiff graph) {
    return new Layers(graph, Normalization.INSTANCE, new WeightInit(1));
  }

  private static LayerCheck layer(
      String name, int side, int channels, LayerCheck.Layer layer, UnaryOperator<double[]> plain) {
    return new LayerCheck(
        name, new long[] {1, SIDE, SIDE, IN}, new long[] {1, side, side, channels}, layer, plain);
  }

  /**
   * Its weights are the graph's own, and read back from there.
   *
   * @param side of the output
   * @param in channels that are convolved
   * @param layer adds it to a graph as {@code conv}
   * @param before the transformation of the input before the convolution
   */
  private record Convolution(
      String name, int side, int in, LayerCheck.Layer layer, UnaryOperator<double[]> before)
      implements Check {
    @Override
    public Finding run() {
      AtomicReference<float[]> weights = new AtomicReference<>();
      return LayerChecks.layer(
              name,
              side,
              OUT,
              (graph, x) -> {
                SDVariable y = layer.on(graph, x);
                weights.set(HostFloats.copy(graph.getVariable("conv.weight").getArr()));
                return y;
              },
              x -> PlainLayers.convolution(before.apply(x), side, in, weights.get(), OUT))
          .run();
    }
  }
}
