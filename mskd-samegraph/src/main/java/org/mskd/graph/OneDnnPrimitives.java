package org.mskd.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's primitives for one shape of convolution. Activations stay as they lie (nhwc); weights
 * are put from hwio into the layout each primitive likes best, which is a small part of its time.
 */
final class OneDnnPrimitives implements AutoCloseable {
  private final Deque<Pointer> owned = new ArrayDeque<>();
  private final engine cpu;
  private final memory x;
  private final memory y;
  private final memory weights;
  private final memory bias;
  private final convolution_forward.primitive_desc description;
  private final long[] stride = {1, 1};
  private final long[] padding;
  private final memory.desc anyWeights;

  private Ready forward;
  private Ready data;
  private Ready gradient;

  /** A primitive, its arguments, and its weights in their own layout with the way there or back. */
  private record Ready(primitive work, IntMemoryMap arguments, memory reordered, reorder way) {}

  OneDnnPrimitives(engine cpu, OneDnnConvolution.Shape shape) {
    this.cpu = cpu;
    long k = shape.kernel();
    padding = new long[] {k / 2, k / 2};
    // Dimensions are always named in the order n, c, h, w; the tag says how they lie.
    x = memory(memory.format_tag.nhwc, shape.batch(), shape.in(), shape.height(), shape.width());
    y = memory(memory.format_tag.nhwc, shape.batch(), shape.out(), shape.height(), shape.width());
    weights = memory(memory.format_tag.hwio, shape.out(), shape.in(), k, k);
    bias = memory(memory.format_tag.x, shape.out());
    anyWeights = layout(memory.format_tag.any, shape.out(), shape.in(), k, k);
    description =
        own(
            new convolution_forward.primitive_desc(
                cpu,
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.convolution_direct,
                own(x.get_desc()),
                anyWeights,
                own(bias.get_desc()),
                own(y.get_desc()),
                stride,
                padding,
                padding));
  }

  void forward(stream queue, INDArray x, INDArray weights, INDArray bias, INDArray y) {
    if (forward == null) {
      memory liked = own(new memory(own(description.weights_desc()), cpu));
      IntMemoryMap arguments =
          own(new IntMemoryMap())
              .put(dnnl.DNNL_ARG_SRC, this.x)
              .put(dnnl.DNNL_ARG_WEIGHTS, liked)
              .put(dnnl.DNNL_ARG_BIAS, this.bias)
              .put(dnnl.DNNL_ARG_DST, this.y);
      forward =
          new Ready(
              own(new convolution_forward(description)),
              arguments,
              liked,
              own(new reorder(this.weights, liked)));
    }
    point(this.x, x);
    point(this.weights, weights);
    point(this.bias, bias);
    point(this.y, y);
    forward.way.execute(queue, this.weights, forward.reordered);
    forward.work.execute(queue, forward.arguments);
    queue._wait();
  }

  void backwardData(stream queue, INDArray weights, INDArray dy, INDArray dx) {
    if (data == null) {
      var details =
          own(
              new convolution_backward_data.primitive_desc(
                  cpu,
                  dnnl.algorithm.convolution_direct,
                  own(x.get_desc()),
                  anyWeights,
                  own(y.get_desc()),
                  stride,
                  padding,
                  padding,
                  description));
      memory liked = own(new memory(own(details.weights_desc()), cpu));
      IntMemoryMap arguments =
          own(new IntMemoryMap())
              .put(dnnl.DNNL_ARG_DIFF_SRC, x)
              .put(dnnl.DNNL_ARG_WEIGHTS, liked)
              .put(dnnl.DNNL_ARG_DIFF_DST, y);
      data =
          new Ready(
              own(new convolution_backward_data(details)),
              arguments,
              liked,
              own(new reorder(this.weights, liked)));
    }
    point(this.weights, weights);
    point(y, dy);
    point(x, dx);
    data.way.execute(queue, this.weights, data.reordered);
    data.work.execute(queue, data.arguments);
    queue._wait();
  }

  void backwardWeights(stream queue, INDArray x, INDArray dy, INDArray dweights, INDArray dbias) {
    if (gradient == null) {
      var details =
          own(
              new convolution_backward_weights.primitive_desc(
                  cpu,
                  dnnl.algorithm.convolution_direct,
                  own(this.x.get_desc()),
                  anyWeights,
                  own(bias.get_desc()),
                  own(y.get_desc()),
                  stride,
                  padding,
                  padding,
                  description));
      memory liked = own(new memory(own(details.diff_weights_desc()), cpu));
      IntMemoryMap arguments =
          own(new IntMemoryMap())
              .put(dnnl.DNNL_ARG_SRC, this.x)
              .put(dnnl.DNNL_ARG_DIFF_WEIGHTS, liked)
              .put(dnnl.DNNL_ARG_DIFF_BIAS, bias)
              .put(dnnl.DNNL_ARG_DIFF_DST, y);
      gradient =
          new Ready(
              own(new convolution_backward_weights(details)),
              arguments,
              liked,
              own(new reorder(liked, weights)));
    }
    point(this.x, x);
    point(y, dy);
    point(weights, dweights);
    point(bias, dbias);
    gradient.work.execute(queue, gradient.arguments);
    gradient.way.execute(queue, gradient.reordered, weights);
    queue._wait();
  }

  private static void point(memory target, INDArray array) {
    target.set_data_handle(array.data().addressPointer());
  }

  /** A memory object without memory: it is pointed at an array before each use. */
  private memory memory(memory.format_tag tag, long... sizes) {
    return own(new memory(layout(tag, sizes), cpu, new Pointer()));
  }

  private memory.desc layout(memory.format_tag tag, long... sizes) {
    return own(new memory.desc(sizes, memory.data_type.f32, tag));
  }

  /**
   * What is owned is freed by {@link #close}, not by the garbage collector at a time of its own.
   */
  private <T extends Pointer> T own(T pointer) {
    owned.push(pointer);
    return pointer;
  }

  @Override
  public void close() {
    owned.forEach(Pointer::close);
    owned.clear();
  }
}
