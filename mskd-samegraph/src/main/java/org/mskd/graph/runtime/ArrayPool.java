package org.mskd.graph.runtime;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.HostInts;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dense arrays that are reused. ND4J 1.0.0-M2.1 frees the memory of a closed array only when the
 * garbage collector collects its Java object, which for an object of the old generation may never
 * happen during a training: memory would grow by the arrays of each step. Thread-safe.
 */
public final class ArrayPool implements AutoCloseable {
  private record Kind(DataType type, List<Long> shape) {
    static Kind of(DataType type, long[] shape) {
      return new Kind(type, Arrays.stream(shape).boxed().toList());
    }
  }

  private final Map<Kind, Deque<INDArray>> free = new HashMap<>();

  /** An array with any content; the caller owns it until it is returned. */
  public INDArray take(DataType type, long... shape) {
    INDArray known;
    synchronized (this) {
      known = free.computeIfAbsent(Kind.of(type, shape), kind -> new ArrayDeque<>()).poll();
    }
    return known != null ? known : Nd4j.createUninitializedDetached(type, 'c', shape);
  }

  /** An array of these floats in 'c' order, as of {@link #take}. */
  public INDArray floats(float[] values, long... shape) {
    INDArray array = take(DataType.FLOAT, shape);
    HostFloats.fill(array, values);
    return array;
  }

  /** An INT32 array of these numbers in 'c' order, as of {@link #take}. */
  public INDArray ints(int[] values, long... shape) {
    INDArray array = take(DataType.INT, shape);
    HostInts.fill(array, values);
    return array;
  }

  /** Returns an array that was taken from this pool, or another dense one that is not in use. */
  public synchronized void giveBack(INDArray array) {
    Deque<INDArray> same =
        free.computeIfAbsent(Kind.of(array.dataType(), array.shape()), kind -> new ArrayDeque<>());
    if (same.stream().anyMatch(one -> one == array)) {
      throw new IllegalStateException("an array is returned twice: " + array.shapeInfoToString());
    }
    same.push(array);
  }

  /** Closes the arrays in the pool; arrays in use may still be returned. */
  @Override
  public synchronized void close() {
    free.values().forEach(arrays -> arrays.forEach(INDArray::close));
    free.clear();
  }
}
