package org.mskd.graph;

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
 * A session's arrays, used again from run to run, so that memory stays flat and nothing waits for
 * the garbage collector. A run that was rehearsed gets the arrays of an {@link Arena}; what it asks
 * for beyond that, or without a rehearsal, is kept by type and shape.
 *
 * <p>Arrays are dense and in 'c' order whatever the caller asked for. Not thread-safe.
 */
final class PooledMemory extends AbstractMemoryMgr {
  private final Map<Key, Deque<INDArray>> free = new HashMap<>();
  private final IdentityHashMap<INDArray, Key> lent = new IdentityHashMap<>();
  private long created;
  private long bytes;

  /** Null before a rehearsal. */
  private Arena arena;

  private int request;
  private boolean surprised;

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

  /** Frees everything and takes the memory of a rehearsed run. */
  void rehearsed(List<Rehearsal.Request> requests) {
    close();
    arena = new Arena(requests);
    created += arena.arrays();
    surprised = false;
  }

  /** Whether there is a rehearsal, and since then nothing else than it was asked for. */
  boolean asRehearsed() {
    return arena != null && !surprised;
  }

  /** Says which of the rehearsed run's requests the next one is. */
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
      surprised = true;
    }
    Key key = new Key(type, new Shape(shape.clone()));
    Deque<INDArray> waiting = free.get(key);
    INDArray array = waiting == null ? null : waiting.pollLast();
    if (array == null) {
      array = Nd4j.createUninitializedDetached(type, 'c', shape);
      created++;
      bytes += array.length() * Math.max(1, type.width());
    }
    lent.put(array, key);
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
   * Takes an array back; one that is not of this pool, or is back already, is left alone. A
   * rehearsed array's place is known to be free then.
   */
  @Override
  public void release(INDArray array) {
    Key key = lent.remove(array);
    if (key != null) {
      free.computeIfAbsent(key, unused -> new ArrayDeque<>()).addLast(array);
    }
  }

  /** Takes back every array that is still lent: their values are void from now on. */
  void recycle() {
    request = 0;
    // Identity maps iterate in hash order; which array serves which shape next has no effect on
    // values, as every array is written before it is read.
    for (INDArray array : new ArrayList<>(lent.keySet())) {
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

  /** Frees every array at once, lent ones too. */
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
