package org.mskd.graph;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One stretch of memory with the arrays of a session's run in it, in the order in which the run
 * asks for them. Arrays share memory where the {@link Rehearsal} saw that they do not live at once.
 */
final class Arena implements AutoCloseable {
  private final INDArray memory;
  private final INDArray[] arrays;

  /** Takes the memory a rehearsal found to be needed; only where {@link Engine#cpu()}. */
  Arena(List<Rehearsal.Request> requests) {
    ArenaLayout layout = ArenaLayout.of(requests.stream().map(Rehearsal.Request::life).toList());
    long words = (layout.bytes() + ArenaLayout.ALIGNMENT) / Long.BYTES;
    memory = Nd4j.createUninitializedDetached(DataType.INT64, 'c', words);
    BytePointer start = new BytePointer(memory.data().addressPointer());
    long first = ArenaLayout.aligned(start.address()) - start.address();
    arrays = new INDArray[requests.size()];
    for (int i = 0; i < arrays.length; i++) {
      Rehearsal.Request request = requests.get(i);
      // Capacity counts elements: ND4J takes the pointer for one of the buffer's type.
      Pointer place = start.getPointer(first + layout.offsets().get(i)).capacity(request.length());
      // Of a buffer of its own, not a view of the memory: to the kernels it is a dense array.
      var buffer = Nd4j.createBuffer(place, request.length(), request.type());
      arrays[i] = Nd4j.create(buffer, request.sizes());
    }
  }

  /**
   * The array the run gets for a request, or null where it is not the one that was rehearsed.
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
