package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mskd.graph.runtime.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays that one maker added to the last batch. They are valid until it makes the next ones,
 * which reuse their memory.
 */
final class LastArrays implements AutoCloseable {
  private final ArrayPool pool = new ArrayPool();
  private final List<INDArray> last = new ArrayList<>();

  /** Ends the use of all arrays. */
  void clear() {
    last.forEach(pool::giveBack);
    last.clear();
  }

  /** An array of any floats. */
  INDArray take(long... shape) {
    return added(pool.take(DataType.FLOAT, shape));
  }

  /** An array of these floats in 'c' order. */
  INDArray floats(float[] values, long... shape) {
    return added(pool.floats(values, shape));
  }

  /** An INT32 array of these numbers in 'c' order. */
  INDArray ints(int[] values, long... shape) {
    return added(pool.ints(values, shape));
  }

  /** As {@link #floats}, in place of all arrays. */
  INDArray replace(float[] values, long... shape) {
    clear();
    return floats(values, shape);
  }

  /**
   * Several arrays in place of all.
   *
   * @param maker takes them from the pool
   */
  List<INDArray> replace(Function<ArrayPool, List<INDArray>> maker) {
    clear();
    last.addAll(maker.apply(pool));
    return List.copyOf(last);
  }

  private INDArray added(INDArray array) {
    last.add(array);
    return array;
  }

  @Override
  public void close() {
    clear();
    pool.close();
  }
}
