package org.mskd.graph.kernel;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The floats of an array, read and written in blocks by index in 'c' order.
 *
 * <p>On a CPU backend a dense 'c' array is accessed in place. Any other array (a view, another
 * order, a GPU's array) is copied, and {@link #close} of a writable one writes the copy back.
 * Several threads may use one at once on different parts.
 */
public final class HostFloats implements AutoCloseable {
  private final INDArray array;
  private final FloatBuffer floats;
  private final boolean writeBack;

  private HostFloats(INDArray array, boolean read, boolean write) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("an array of FLOAT is needed, not of " + array.dataType());
    }
    if (array.length() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("more than 2^31 floats: " + array.shapeInfoToString());
    }
    // Holding the array keeps its memory from being freed while the buffer is in use.
    this.array = array;
    boolean direct = Backend.cpu() && dense(array);
    if (direct) {
      FloatPointer pointer = new FloatPointer(array.data().addressPointer());
      floats = pointer.capacity(array.length()).asBuffer();
    } else if (read) {
      // asFloat() of a buffer ignores the view; dup makes a dense array of just these elements.
      floats = FloatBuffer.wrap(array.dup('c').data().asFloat());
    } else {
      floats = FloatBuffer.allocate((int) array.length());
    }
    writeBack = write && !direct;
  }

  /** Access for reading. */
  public static HostFloats read(INDArray array) {
    return new HostFloats(array, true, false);
  }

  /** Access for writing every element. */
  public static HostFloats write(INDArray array) {
    return new HostFloats(array, false, true);
  }

  /** Access for reading and writing. */
  public static HostFloats update(INDArray array) {
    return new HostFloats(array, true, true);
  }

  /** All floats of an array, in 'c' order. */
  public static float[] copy(INDArray array) {
    float[] values = new float[(int) array.length()];
    try (HostFloats floats = read(array)) {
      floats.get(0, values, values.length);
    }
    return values;
  }

  /** Fills an array with floats in 'c' order. */
  public static void fill(INDArray array, float[] values) {
    if (values.length != array.length()) {
      throw new IllegalArgumentException(
          values.length + " values for an array of " + array.length());
    }
    try (HostFloats floats = write(array)) {
      floats.put(0, values, values.length);
    }
  }

  /** Reads floats {@code index .. index+count-1} into the beginning of {@code target}. */
  public void get(int index, float[] target, int count) {
    floats.get(index, target, 0, count);
  }

  /** Writes the first floats of {@code source} to {@code index .. index+count-1}. */
  public void put(int index, float[] source, int count) {
    floats.put(index, source, 0, count);
  }

  @Override
  public void close() {
    if (writeBack) {
      array.assign(Nd4j.create(floats.array(), array.shape(), 'c'));
    }
  }

  /** Whether an array's elements are all of its buffer, in 'c' order. */
  public static boolean dense(INDArray array) {
    if (array.isView() || array.isAttached()) {
      return false;
    }
    long expected = 1;
    for (int d = array.rank() - 1; d >= 0; d--) {
      if (array.size(d) != 1 && array.stride(d) != expected) {
        return false;
      }
      expected *= array.size(d);
    }
    return true;
  }
}
