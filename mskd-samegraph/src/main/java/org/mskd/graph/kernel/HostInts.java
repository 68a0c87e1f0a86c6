package org.mskd.graph.kernel;

import java.nio.IntBuffer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The whole numbers of an INT32 array in 'c' order, as {@link HostFloats} for floats. */
public final class HostInts {
  private HostInts() {}

  /** All numbers of an array. */
  public static int[] copy(INDArray array) {
    if (array.dataType() != DataType.INT) {
      throw new IllegalArgumentException("an array of INT is needed, not of " + array.dataType());
    }
    if (!Backend.cpu() || !HostFloats.dense(array)) {
      // asInt() of a buffer ignores the view; dup makes a dense array of just these elements.
      return array.dup('c').data().asInt();
    }
    int[] values = new int[(int) array.length()];
    buffer(array).get(values);
    return values;
  }

  /** A new dense array of these numbers, to be closed by the caller. */
  public static INDArray create(int[] values, long... shape) {
    INDArray array = Nd4j.createUninitializedDetached(DataType.INT, 'c', shape);
    fill(array, values);
    return array;
  }

  /** Fills a dense INT32 array with numbers in 'c' order. */
  public static void fill(INDArray array, int[] values) {
    if (array.dataType() != DataType.INT || array.length() != values.length) {
      throw new IllegalArgumentException(
          values.length + " values for an array of " + array.shapeInfoToString());
    }
    if (Backend.cpu() && HostFloats.dense(array)) {
      buffer(array).put(values);
    } else {
      array.assign(Nd4j.create(values, array.shape(), DataType.INT));
    }
  }

  private static IntBuffer buffer(INDArray array) {
    return new IntPointer(array.data().addressPointer()).capacity(array.length()).asBuffer();
  }
}
