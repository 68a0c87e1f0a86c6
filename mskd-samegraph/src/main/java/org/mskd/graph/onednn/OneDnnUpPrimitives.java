package org.mskd.graph.onednn;

import java.nio.FloatBuffer;
import java.util.Map;
import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's primitives for one shape of 3x3 convolution of a map up-sampled by two, by the last of
 * the weights' input channels: as a transposed convolution with the {@link UpsampledKernel}.
 */
final class OneDnnUpPrimitives implements AutoCloseable {
  private static final long[] STRIDE = {2, 2};
  private static final long[] PADDING = {1, 1};

  private final OneDnnScope scope;
  private final memory low;
  private final memory y;
  private final memory.desc plain;
  private final memory.desc any;
  private final deconvolution_forward.primitive_desc description;
  private final UpsampledKernel kernel;

  private OneDnnWork forward;
  private OneDnnWork data;
  private OneDnnWork gradient;

  /**
   * @param height of the map before it is up-sampled, as is the width
   * @param in the map's channels
   * @param stored the input channels of the weights, of which the last {@code in} are used
   */
  record Shape(long batch, long height, long width, long in, long stored, long out) {
    static Shape of(INDArray low, INDArray weights) {
      return new Shape(
          low.size(0), low.size(1), low.size(2), low.size(3), weights.size(2), weights.size(3));
    }
  }

  OneDnnUpPrimitives(OneDnnDevice device, Shape shape) {
    scope = new OneDnnScope(device);
    kernel =
        new UpsampledKernel(
            Math.toIntExact(shape.in()),
            Math.toIntExact(shape.stored()),
            Math.toIntExact(shape.out()));
    memory.format_tag nhwc = memory.format_tag.nhwc;
    long height = shape.height();
    long width = shape.width();
    low = scope.unbound(scope.layout(nhwc, shape.batch(), shape.in(), height, width));
    y = scope.unbound(scope.layout(nhwc, shape.batch(), shape.out(), 2 * height, 2 * width));
    long side = UpsampledKernel.SIDE;
    plain = scope.weights(shape.out(), shape.in(), shape.in(), side);
    any = scope.layout(memory.format_tag.any, shape.out(), shape.in(), side, side);
    post_ops sum = scope.own(new post_ops());
    sum.append_sum();
    primitive_attr adding = scope.own(new primitive_attr());
    adding.set_post_ops(sum);
    description =
        scope.own(
            new deconvolution_forward.primitive_desc(
                device.cpu(),
                device.frozen()
                    ? dnnl.prop_kind.forward_inference
                    : dnnl.prop_kind.forward_training,
                dnnl.algorithm.deconvolution_direct,
                scope.own(low.get_desc()),
                any,
                scope.own(y.get_desc()),
                STRIDE,
                PADDING,
                PADDING,
                adding,
                false));
  }

  /** The name of the implementation that oneDNN chose. */
  String implementation() {
    return description.impl_info_str().getString();
  }

  /** Adds to y. */
  void forward(INDArray low, INDArray weights, INDArray y) {
    if (forward == null) {
      forward =
          new OneDnnWork(
              scope,
              new deconvolution_forward(description),
              Map.of(dnnl.DNNL_ARG_SRC, this.low, dnnl.DNNL_ARG_DST, this.y),
              new OneDnnWeights(scope, plain, description.weights_desc()));
    }
    OneDnnScope.point(this.low, low);
    OneDnnScope.point(this.y, y);
    forward.run(folded(forward, weights));
  }

  void backwardData(INDArray weights, INDArray dy, INDArray dlow) {
    if (data == null) {
      var details =
          scope.own(
              new deconvolution_backward_data.primitive_desc(
                  scope.device().cpu(),
                  dnnl.algorithm.deconvolution_direct,
                  scope.own(low.get_desc()),
                  any,
                  scope.own(y.get_desc()),
                  STRIDE,
                  PADDING,
                  PADDING,
                  description));
      data =
          new OneDnnWork(
              scope,
              new deconvolution_backward_data(details),
              Map.of(dnnl.DNNL_ARG_DIFF_SRC, low, dnnl.DNNL_ARG_DIFF_DST, y),
              new OneDnnWeights(scope, plain, details.weights_desc()));
    }
    OneDnnScope.point(y, dy);
    OneDnnScope.point(low, dlow);
    data.run(folded(data, weights));
  }

  /** Writes the derivatives of the weights that are used. */
  void backwardWeights(INDArray low, INDArray dy, INDArray dweights) {
    if (gradient == null) {
      var details =
          scope.own(
              new deconvolution_backward_weights.primitive_desc(
                  scope.device().cpu(),
                  dnnl.algorithm.deconvolution_direct,
                  scope.own(this.low.get_desc()),
                  any,
                  scope.own(y.get_desc()),
                  STRIDE,
                  PADDING,
                  PADDING,
                  description));
      gradient =
          new OneDnnWork(
              scope,
              new deconvolution_backward_weights(details),
              Map.of(dnnl.DNNL_ARG_SRC, this.low, dnnl.DNNL_ARG_DIFF_DST, y),
              new OneDnnWeights(scope, plain, details.diff_weights_desc()));
    }
    OneDnnScope.point(this.low, low);
    OneDnnScope.point(y, dy);
    gradient.runForWeights();
    Pointer folded = shared();
    gradient.weights().giveBack(folded);
    kernel.unfold(
        floats(folded, kernel.foldedLength()),
        floats(dweights.data().addressPointer(), kernel.length()));
  }

  private memory folded(OneDnnWork work, INDArray weights) {
    Pointer array = weights.data().addressPointer();
    return work.weights()
        .of(
            array.address(),
            () -> {
              Pointer folded = shared();
              kernel.fold(floats(array, kernel.length()), floats(folded, kernel.foldedLength()));
              return folded;
            });
  }

  private Pointer shared() {
    return scope.device().shared(OneDnnDevice.Purpose.FOLDED, 4L * kernel.foldedLength());
  }

  private static FloatBuffer floats(Pointer pointer, int length) {
    return new FloatPointer(pointer).capacity(length).asBuffer();
  }

  @Override
  public void close() {
    scope.close();
  }
}
