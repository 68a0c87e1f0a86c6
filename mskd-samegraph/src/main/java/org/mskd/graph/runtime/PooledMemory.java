package org.mskd.graph.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
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
 * A session's arrays, reused from run to run, so that memory stays constant and does not depend on
 * the garbage collector. After a dry run, requests are served from an {@link Arena}. Other requests
 * are served from a pool by type and shape.
 *
 * <p>Arrays are dense and in 'c' order whatever order was requested. Not thread-safe.
 */
final class PooledMemory extends AbstractMemoryMgr {
  private final Map<Key, Deque<INDArray>> free = new HashMap<>();
  private final IdentityHashMap<INDArray, Key> inUse = new IdentityHashMap<>();
  private long created;
  private long bytes;

  /** Null before a dry run. */
  private Arena arena;

  private int request;
  private boolean unplanned;

  private record Key(DataType type, Shape shape) {}

  /** Arrays have no value equality, shapes as keys need it. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Shape(long[] sizes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(sizes);
    }
  }

  /** Frees everything and allocates the memory of a run with these requests. */
  void plan(List<DryRunMemory.Request> requests) {
    close();
    arena = new Arena(requests);
    created += arena.arrays();
    unplanned = false;
  }

  /** Whether memory is planned and every request since then was in the plan. */
  boolean asPlanned() {
    return arena != null && !unplanned;
  }

  /** Sets the index of the next request in the plan. */
  void expect(int request) {
    this.request = request;
  }

  @Override
  public INDArray allocate(boolean detached, DataType type, long... shape) {
    if (arena != null) {
      INDArray planned = arena.array(request++, type, shape);
      if (planned != null) {
        return planned;
      }
      unplanned = true;
    }
    Key key = new Key(type, new Shape(shape.clone()));
    Deque<INDArray> waiting = free.get(key);
    INDArray array = waiting == null ? null : waiting.pollLast();
    if (array == null) {
      array = Nd4j.createUninitializedDetached(type, 'c', shape);
      created++;
      bytes += array.length() * Math.max(1, type.width());
    }
    inUse.put(array, key);
    return array;
  }

  @Override
  public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
    if (descriptor.isEmpty()) {
      return Nd4j.create(descriptor);
    }
    return allocate(detached, descriptor.dataType(), descriptor.getShape());
  }

  /**
   * Returns an array to the pool. Has no effect on arrays of the arena, of other owners, or that
   * were returned already.
   */
  @Override
  public void release(INDArray array) {
    Key key = inUse.remove(array);
    if (key != null) {
      free.computeIfAbsent(key, unused -> new ArrayDeque<>()).addLast(array);
    }
  }

  /** Returns every array that is in use to the pool; their values are invalid from now on. */
  void recycle() {
    request = 0;
    // Identity maps iterate in hash order; which array serves which shape next has no effect on
    // values, as every array is written before it is read.
    for (INDArray array : new ArrayList<>(inUse.keySet())) {
      release(array);
    }
  }

  /** How many arrays were ever created. */
  long created() {
    return created;
  }

  /** The size of all arrays ever created and still held, in bytes. */
  long bytes() {
    return bytes + (arena == null ? 0 : arena.bytes());
  }

  /** Frees every array, those in use too. */
  @Override
  public void close() {
    recycle();
    for (Deque<INDArray> arrays : free.values()) {
      for (INDArray array : arrays) {
        if (array.closeable()) {
          array.close();
        }
      }
    }
    free.clear();
    bytes = 0;
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }
}
