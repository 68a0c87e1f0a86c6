package org.mskd.graph.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's objects for one shape, freed together by {@link #close} instead of by the garbage
 * collector.
 *
 * <p>Sizes are always given in the order n, c, h, w (weights: out, in, h, w); the tag or the
 * strides define the layout.
 */
final class OneDnnScope implements AutoCloseable {
  private final Deque<Pointer> owned = new ArrayDeque<>();
  private final OneDnnDevice device;

  OneDnnScope(OneDnnDevice device) {
    this.device = device;
  }

  OneDnnDevice device() {
    return device;
  }

  <T extends Pointer> T own(T pointer) {
    owned.push(pointer);
    return pointer;
  }

  memory.desc layout(memory.format_tag tag, long... sizes) {
    return own(new memory.desc(sizes, memory.data_type.f32, tag));
  }

  /** The first {@code in} of {@code stored} input channels of weights [k, k, stored, out]. */
  memory.desc weights(long out, long in, long stored, long k) {
    long[] strides = {1, out, k * stored * out, stored * out};
    return own(new memory.desc(new long[] {out, in, k, k}, memory.data_type.f32, strides));
  }

  /** A memory object without memory: its address is set before each use. */
  memory unbound(memory.desc layout) {
    return own(new memory(layout, device.cpu(), new Pointer()));
  }

  /** A memory object with memory of its own. */
  memory room(memory.desc layout) {
    return own(new memory(layout, device.cpu()));
  }

  static void point(memory target, INDArray array) {
    target.set_data_handle(array.data().addressPointer());
  }

  @Override
  public void close() {
    owned.forEach(Pointer::close);
    owned.clear();
  }
}
