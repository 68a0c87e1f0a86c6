package org.mskd.graph.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of a dry run, in which nothing is computed: it records which arrays are allocated and
 * when they are released. Its arrays have the right shapes, but all arrays of one size share one
 * buffer that is never written, so that the operating system never commits it. Only integer arrays
 * have memory of their own, as operations may read shapes from them.
 */
final class DryRunMemory extends AbstractMemoryMgr {
  private final Map<Size, INDArray> shared = new HashMap<>();
  private final List<INDArray> integers = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final IdentityHashMap<INDArray, Integer> live = new IdentityHashMap<>();
  private int events;

  private record Size(DataType type, long length) {}

  /** An array that was allocated. */
  record Request(DataType type, List<Long> shape, ArenaLayout.Lifetime lifetime) {
    long[] sizes() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }

    long length() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  @Override
  public INDArray allocate(boolean detached, DataType type, long... shape) {
    if (type.width() <= 0) {
      throw new UnsupportedOperationException("the element size of " + type + " is unknown");
    }
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    INDArray array = type.isIntType() ? integers(type, shape) : shared(type, length, shape);
    live.put(array, requests.size());
    var lifetime = new ArenaLayout.Lifetime(length * type.width(), events++, Integer.MAX_VALUE);
    requests.add(new Request(type, Arrays.stream(shape).boxed().toList(), lifetime));
    return array;
  }

  private INDArray shared(DataType type, long length, long[] shape) {
    INDArray memory =
        shared.computeIfAbsent(
            new Size(type, length),
            size -> Nd4j.createUninitializedDetached(size.type(), 'c', size.length()));
    return Nd4j.create(memory.data(), shape);
  }

  private INDArray integers(DataType type, long[] shape) {
    INDArray array = Nd4j.create(type, shape);
    integers.add(array);
    return array;
  }

  @Override
  public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
    if (descriptor.isEmpty()) {
      return Nd4j.create(descriptor);
    }
    return allocate(detached, descriptor.dataType(), descriptor.getShape());
  }

  @Override
  public void release(INDArray array) {
    Integer at = live.remove(array);
    if (at != null) {
      Request request = requests.get(at);
      var lifetime =
          new ArenaLayout.Lifetime(
              request.lifetime().bytes(), request.lifetime().allocated(), events++);
      requests.set(at, new Request(request.type(), request.shape(), lifetime));
    }
  }

  /** The arrays allocated so far, in order; those not released live to the end of the run. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    shared.values().forEach(INDArray::close);
    shared.clear();
    integers.forEach(INDArray::close);
    integers.clear();
  }
}
