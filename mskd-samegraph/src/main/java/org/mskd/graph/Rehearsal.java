package org.mskd.graph;

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
 * The memory of a run in which nothing is computed: it notes which arrays are asked for and when
 * they are given back. Its arrays have the right shapes but all those of a size are the same
 * memory, which nobody touches, so that the system never has to provide it. Only integers have
 * memory of their own, as other operations may ask them for shapes.
 */
final class Rehearsal extends AbstractMemoryMgr {
  private final Map<Size, INDArray> stage = new HashMap<>();
  private final List<INDArray> integers = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final IdentityHashMap<INDArray, Integer> living = new IdentityHashMap<>();
  private int moment;

  private record Size(DataType type, long length) {}

  /** An array that was asked for. */
  record Request(DataType type, List<Long> shape, ArenaLayout.Life life) {
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
      throw new UnsupportedOperationException("the size of " + type + " is not known beforehand");
    }
    long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    INDArray array = type.isIntType() ? integers(type, shape) : staged(type, length, shape);
    living.put(array, requests.size());
    var life = new ArenaLayout.Life(length * type.width(), moment++, Integer.MAX_VALUE);
    requests.add(new Request(type, Arrays.stream(shape).boxed().toList(), life));
    return array;
  }

  private INDArray staged(DataType type, long length, long[] shape) {
    INDArray memory =
        stage.computeIfAbsent(
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
    Integer at = living.remove(array);
    if (at != null) {
      Request request = requests.get(at);
      var life = new ArenaLayout.Life(request.life().bytes(), request.life().born(), moment++);
      requests.set(at, new Request(request.type(), request.shape(), life));
    }
  }

  /** What was asked for so far, in that order; lives that have not ended last to the run's end. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    stage.values().forEach(INDArray::close);
    stage.clear();
    integers.forEach(INDArray::close);
    integers.clear();
  }
}
