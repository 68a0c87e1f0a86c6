package org.mskd.graph.onednn;

import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's primitives for one shape of convolution. Activations keep their layout (nhwc); weights
 * are reordered to the layout that the primitive prefers.
 */
final class OneDnnPrimitives implements AutoCloseable {
  private final OneDnnScope scope;
  private final memory x;
  private final memory y;
  private final memory bias;
  private final memory.desc plain;
  private final memory.desc any;
  private final convolution_forward.primitive_desc description;
  private final long[] stride = {1, 1};
  private final long[] padding;

  private OneDnnWork forward;
  private OneDnnWork data;
  private OneDnnWork gradient;

  /**
   * @param in the channels of x
   * @param stored the input channels of the weights, of which the first {@code in} are used
   */
  record Shape(long batch, long height, long width, long in, long stored, long out, long kernel) {
    static Shape of(INDArray x, INDArray weights) {
      return new Shape(
          x.size(0),
          x.size(1),
          x.size(2),
          x.size(3),
          weights.size(2),
          weights.size(3),
          weights.size(0));
    }
  }

  OneDnnPrimitives(OneDnnDevice device, Shape shape) {
    scope = new OneDnnScope(device);
    long k = shape.kernel();
    padding = new long[] {k / 2, k / 2};
    x = activations(shape, shape.in());
    y = activations(shape, shape.out());
    bias = scope.unbound(scope.layout(memory.format_tag.x, shape.out()));
    plain = scope.weights(shape.out(), shape.in(), shape.stored(), k);
    any = scope.layout(memory.format_tag.any, shape.out(), shape.in(), k, k);
    description =
        scope.own(
            new convolution_forward.primitive_desc(
                device.cpu(),
                device.frozen()
                    ? dnnl.prop_kind.forward_inference
                    : dnnl.prop_kind.forward_training,
                dnnl.algorithm.convolution_direct,
                scope.own(x.get_desc()),
                any,
                scope.own(bias.get_desc()),
                scope.own(y.get_desc()),
                stride,
                padding,
                padding));
  }

  void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    if (forward == null) {
      forward =
          new OneDnnWork(
              scope,
              new convolution_forward(description),
              Map.of(
                  dnnl.DNNL_ARG_SRC, this.x,
                  dnnl.DNNL_ARG_BIAS, this.bias,
                  dnnl.DNNL_ARG_DST, this.y),
              new OneDnnWeights(scope, plain, description.weights_desc()));
    }
    OneDnnScope.point(this.x, x);
    OneDnnScope.point(this.bias, bias);
    OneDnnScope.point(this.y, y);
    forward.run(forward.weights().of(weights.data().addressPointer()));
  }

  void backwardData(INDArray weights, INDArray dy, INDArray dx) {
    if (data == null) {
      var details =
          scope.own(
              new convolution_backward_data.primitive_desc(
                  scope.device().cpu(),
                  dnnl.algorithm.convolution_direct,
                  scope.own(x.get_desc()),
                  any,
                  scope.own(y.get_desc()),
                  stride,
                  padding,
                  padding,
                  description));
      data =
          new OneDnnWork(
              scope,
              new convolution_backward_data(details),
              Map.of(dnnl.DNNL_ARG_DIFF_SRC, x, dnnl.DNNL_ARG_DIFF_DST, y),
              new OneDnnWeights(scope, plain, details.weights_desc()));
    }
    OneDnnScope.point(y, dy);
    OneDnnScope.point(x, dx);
    data.run(data.weights().of(weights.data().addressPointer()));
  }

  /** Writes the derivatives of the weights that are used. */
  void backwardWeights(INDArray x, INDArray dy, INDArray dweights, INDArray dbias) {
    if (gradient == null) {
      var details =
          scope.own(
              new convolution_backward_weights.primitive_desc(
                  scope.device().cpu(),
                  dnnl.algorithm.convolution_direct,
                  scope.own(this.x.get_desc()),
                  any,
                  scope.own(bias.get_desc()),
                  scope.own(y.get_desc()),
                  stride,
                  padding,
                  padding,
                  description));
      gradient =
          new OneDnnWork(
              scope,
              new convolution_backward_weights(details),
              Map.of(
                  dnnl.DNNL_ARG_SRC, this.x,
                  dnnl.DNNL_ARG_DIFF_BIAS, bias,
                  dnnl.DNNL_ARG_DIFF_DST, y),
              new OneDnnWeights(scope, plain, details.diff_weights_desc()));
    }
    OneDnnScope.point(this.x, x);
    OneDnnScope.point(y, dy);
    OneDnnScope.point(bias, dbias);
    gradient.runForWeights();
    gradient.weights().giveBack(dweights.data().addressPointer());
  }

  private memory activations(Shape shape, long channels) {
    return scope.unbound(
        scope.layout(
            memory.format_tag.nhwc, shape.batch(), channels, shape.height(), shape.width()));
  }

  @Override
  public void close() {
    scope.close();
  }
}
