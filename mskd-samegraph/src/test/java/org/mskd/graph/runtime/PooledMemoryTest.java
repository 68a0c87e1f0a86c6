package org.mskd.graph.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

class PooledMemoryTest {
  private final PooledMemory memory = new PooledMemory();

  @Test
  void releasedArraysAreUsedAgainForTheirTypeAndShapeOnly() {
    INDArray first = memory.allocate(false, DataType.FLOAT, 2, 3);
    memory.release(first);
    assertNotSame(first, memory.allocate(false, DataType.FLOAT, 3, 2));
    assertNotSame(first, memory.allocate(false, DataType.INT32, 2, 3));
    assertSame(first, memory.allocate(false, DataType.FLOAT, 2, 3));
    assertNotSame(first, memory.allocate(false, DataType.FLOAT, 2, 3));
    assertEquals(4, memory.created());
    assertEquals(4 * 6 * 4, memory.bytes());
  }

  @Test
  void arrayGivenBackTwiceIsLentOnce() {
    INDArray array = memory.allocate(true, DataType.FLOAT, 5);
    memory.release(array);
    memory.release(array);
    assertNotSame(
        memory.allocate(true, DataType.FLOAT, 5), memory.allocate(true, DataType.FLOAT, 5));
  }

  @Test
  void foreignArraysAreLeftAlone() {
    INDArray foreign = Nd4j.ones(DataType.FLOAT, 5);
    memory.release(foreign);
    assertNotSame(foreign, memory.allocate(false, DataType.FLOAT, 5));
    memory.close();
    assertFalse(foreign.wasClosed());
  }

  @Test
  void recycleTakesEverythingBack() {
    for (int step = 0; step < 3; step++) {
      for (int i = 0; i < 4; i++) {
        memory.allocate(false, DataType.FLOAT, 7);
      }
      memory.recycle();
    }
    assertEquals(4, memory.created());
  }

  @Test
  void scalarsAndDescriptors() {
    assertEquals(1, memory.allocate(false, DataType.FLOAT).length());
    var shape = LongShapeDescriptor.fromShape(new long[] {4, 1, 2}, DataType.FLOAT);
    INDArray array = memory.allocate(false, shape);
    assertArrayEquals(new long[] {4, 1, 2}, array.shape());
    assertEquals('c', array.ordering());
    INDArray copy = memory.dup(Nd4j.createFromArray(1f, 2f));
    assertArrayEquals(new float[] {1, 2}, copy.toFloatVector());
  }

  @Test
  void closeFreesWhatIsLentToo() {
    INDArray lent = memory.allocate(false, DataType.FLOAT, 9);
    INDArray back = memory.allocate(false, DataType.FLOAT, 9);
    memory.release(back);
    memory.close();
    assertTrue(lent.wasClosed() && back.wasClosed());
    assertEquals(0, memory.bytes());
  }
}
