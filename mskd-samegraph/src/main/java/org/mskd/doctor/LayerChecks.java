package org.mskd.doctor;

import java.util.List;
import java.util.function.UnaryOperator;
import org.mskd.experiment.Normalization;
import org.mskd.graph.HostFloats;
import org.mskd.graph.Layers;
import org.mskd.graph.WeightInit;
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
        new Convolution(),
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
            (graph, x) -> layers(graph).activation("norm", x, IN),
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
            "joining of channels",
            SIDE,
            2 * IN,
            (graph, x) -> layers(graph).join(x, x.mul(2)),
            x -> PlainLayers.joinedWithItsDouble(x, IN)));
  }

  private static Layers layers(SameDiff graph) {
    return new Layers(graph, Normalization.INSTANCE, new WeightInit(1));
  }

  private static LayerCheck layer(
      String name, int side, int channels, LayerCheck.Layer layer, UnaryOperator<double[]> plain) {
    return new LayerCheck(
        name, new long[] {1, SIDE, SIDE, IN}, new long[] {1, side, side, channels}, layer, plain);
  }

  /** Its weights are the graph's own, and read back from there. */
  private static final class Convolution implements Check {
    private float[] weights = {};

    @Override
    public String name() {
      return "3x3 convolution";
    }

    private SDVariable on(SameDiff graph, SDVariable x) {
      SDVariable y = layers(graph).convolution("conv", x, 3, IN, OUT);
      weights = HostFloats.copy(graph.getVariable("conv.weight").getArr());
      return y;
    }

    @Override
    public Finding look() {
      return layer(
              name(), SIDE, OUT, this::on, x -> PlainLayers.convolution(x, SIDE, IN, weights, OUT))
          .look();
    }
  }
}
