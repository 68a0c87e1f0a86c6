package org.mskd.graph.runtime;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One block of memory that holds all arrays of a session's run, in the order of allocation. Arrays
 * share memory where the {@link DryRunMemory} found that their lifetimes do not overlap.
 */
final class Arena implements AutoCloseable {
  private final INDArray memory;
  private final INDArray[] arrays;

  /** Allocates the memory that a dry run requested; only where {@link Backend#cpu()}. */
  Arena(List<DryRunMemory.Request> requests) {
    ArenaLayout layout =
        ArenaLayout.of(requests.stream().map(DryRunMemory.Request::lifetime).toList());
    long words = (layout.bytes() + ArenaLayout.ALIGNMENT) / Long.BYTES;
    memory = Nd4j.createUninitializedDetached(DataType.INT64, 'c', words);
    BytePointer start = new BytePointer(memory.data().addressPointer());
    long first = ArenaLayout.aligned(start.address()) - start.address();
    arrays = new INDArray[requests.size()];
    for (int i = 0; i < arrays.length; i++) {
      DryRunMemory.Request request = requests.get(i);
      // Capacity counts elements: ND4J takes the pointer for one of the buffer's type.
      Pointer place = start.getPointer(first + layout.offsets().get(i)).capacity(request.length());
      // Of a buffer of its own, not a view of the memory: to the kernels it is a dense array.
      var buffer = Nd4j.createBuffer(place, request.length(), request.type());
      arrays[i] = Nd4j.create(buffer, request.sizes());
    }
  }

  /**
   * The planned array of a request, or null where the dry run had another request in its place.
   *
   * @param request counted from the run's first
   */
  INDArray array(int request, DataType type, long[] shape) {
    if (request >= arrays.length) {
      return null;
    }
    INDArray array = arrays[request];
    return array.dataType() == type && Arrays.equals(array.shape(), shape) ? array : null;
  }

  int arrays() {
    return arrays.length;
  }

  /** The memory's size in bytes. */
  long bytes() {
    return memory.length() * Long.BYTES;
  }

  @Override
  public void close() {
    for (INDArray array : arrays) {
      array.close();
    }
    memory.close();
  }
}
