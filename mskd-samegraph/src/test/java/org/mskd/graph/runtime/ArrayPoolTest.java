package org.mskd.graph.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.HostInts;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ArrayPoolTest {
  @Test
  void anArrayIsUsedAgainForItsTypeAndShapeAlone() {
    try (ArrayPool pool = new ArrayPool()) {
      INDArray first = pool.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      INDArray second = pool.floats(new float[6], 2, 3);
      assertNotSame(first, second);
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, HostFloats.copy(first));
      pool.giveBack(first);
      assertNotSame(first, pool.take(DataType.FLOAT, 3, 2));
      assertNotSame(first, pool.ints(new int[6], 2, 3));
      INDArray again = pool.floats(new float[] {6, 5, 4, 3, 2, 1}, 2, 3);
      assertSame(first, again);
      assertArrayEquals(new float[] {6, 5, 4, 3, 2, 1}, HostFloats.copy(again));
    }
  }

  @Test
  void wholeNumbersComeBackAsTheyWere() {
    try (ArrayPool pool = new ArrayPool()) {
      INDArray array = pool.ints(new int[] {-1, 0, Integer.MAX_VALUE, 7}, 4, 1);
      assertEquals(DataType.INT, array.dataType());
      assertArrayEquals(new long[] {4, 1}, array.shape());
      assertArrayEquals(new int[] {-1, 0, Integer.MAX_VALUE, 7}, HostInts.copy(array));
      assertThrows(IllegalArgumentException.class, () -> pool.ints(new int[3], 4, 1));
    }
  }

  @Test
  void givingBackTwiceIsRefused() {
    try (ArrayPool pool = new ArrayPool()) {
      INDArray array = pool.take(DataType.FLOAT, 5);
      pool.giveBack(array);
      assertThrows(IllegalStateException.class, () -> pool.giveBack(array));
    }
  }

  @Test
  void closingClosesWhatIsThere() {
    ArrayPool pool = new ArrayPool();
    INDArray free = pool.take(DataType.FLOAT, 5);
    INDArray used = pool.take(DataType.FLOAT, 5);
    pool.giveBack(free);
    pool.close();
    assertTrue(free.wasClosed());
    assertFalse(used.wasClosed());
  }
}
