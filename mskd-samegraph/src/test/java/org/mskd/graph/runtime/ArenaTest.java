package org.mskd.graph.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ArenaTest {
  private final PooledMemory memory = new PooledMemory();

  /** Two that meet, then one in the first one's place. */
  private static List<DryRunMemory.Request> requests() {
    try (DryRunMemory dryRun = new DryRunMemory()) {
      INDArray first = dryRun.allocate(false, DataType.FLOAT, 2, 3);
      dryRun.allocate(false, DataType.INT32, 5);
      dryRun.release(first);
      dryRun.release(first);
      dryRun.allocate(false, DataType.FLOAT, 3, 2);
      return dryRun.requests();
    }
  }

  @Test
  void arraysAreDenseAndShareOnlyWherePlanned() {
    memory.plan(requests());
    INDArray first = memory.allocate(false, DataType.FLOAT, 2, 3);
    INDArray second = memory.allocate(false, DataType.INT32, 5);
    assertTrue(HostFloats.dense(first) && !first.isView() && !second.isView());
    HostFloats.fill(first, new float[] {1, 2, 3, 4, 5, 6});
    second.assign(7);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, HostFloats.copy(first));
    assertArrayEquals(new int[] {7, 7, 7, 7, 7}, second.toIntVector());
    INDArray third = memory.allocate(false, DataType.FLOAT, 3, 2);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, HostFloats.copy(third));
    assertTrue(memory.asPlanned());
    assertEquals(3, memory.created());
    // Two lines of 64 bytes, and one to begin at a line.
    assertEquals(192, memory.bytes());
  }

  @Test
  void everyRunGetsTheSameArrays() {
    memory.plan(requests());
    INDArray first = memory.allocate(false, DataType.FLOAT, 2, 3);
    memory.release(first);
    INDArray second = memory.allocate(false, DataType.INT32, 5);
    memory.recycle();
    assertSame(first, memory.allocate(false, DataType.FLOAT, 2, 3));
    memory.expect(1);
    assertSame(second, memory.allocate(false, DataType.INT32, 5));
    assertEquals(3, memory.created());
  }

  @Test
  void unplannedRequestsComeFromThePool() {
    memory.plan(requests());
    INDArray other = memory.allocate(false, DataType.FLOAT, 2, 4);
    assertFalse(memory.asPlanned());
    other.assign(1);
    INDArray second = memory.allocate(false, DataType.INT32, 5);
    second.assign(2);
    assertEquals(8, other.sumNumber().intValue());
    memory.release(other);
    memory.recycle();
    assertSame(other, memory.allocate(false, DataType.FLOAT, 2, 4));
    memory.plan(requests());
    assertTrue(memory.asPlanned());
    assertTrue(other.wasClosed());
  }

  @Test
  void requestsBeyondThePlanAreUnknown() {
    try (Arena arena = new Arena(requests())) {
      assertNull(arena.array(3, DataType.FLOAT, new long[] {3, 2}));
      assertNull(arena.array(2, DataType.INT32, new long[] {3, 2}));
      assertNull(arena.array(2, DataType.FLOAT, new long[] {2, 3}));
    }
  }

  @Test
  void closeFreesTheArena() {
    memory.plan(requests());
    INDArray array = memory.allocate(false, DataType.FLOAT, 2, 3);
    memory.close();
    assertTrue(array.wasClosed());
    assertEquals(0, memory.bytes());
  }
}
