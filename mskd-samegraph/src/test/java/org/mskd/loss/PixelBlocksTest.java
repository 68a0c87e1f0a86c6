package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class PixelBlocksTest {
  /** Numbers of pixels around the size of a block and around the largest number of such blocks. */
  @Test
  void everyPixelIsInOneBlockAndBlocksAreFew() {
    for (int pixels : new int[] {0, 1, 2047, 2048, 2049, 524_287, 524_288, 524_289, 3_145_730}) {
      AtomicInteger blocks = new AtomicInteger();
      AtomicIntegerArray seen = new AtomicIntegerArray(pixels);
      double[] sums =
          PixelBlocks.sum(
              pixels,
              2,
              (first, count, own) -> {
                blocks.incrementAndGet();
                assertEquals(0, first % PixelBlocks.RUN);
                for (int i = first; i < first + count; i++) {
                  seen.incrementAndGet(i);
                  own[1] += i;
                }
                own[0] += count;
              });
      for (int i = 0; i < pixels; i++) {
        assertEquals(1, seen.get(i), "pixel " + i + " of " + pixels);
      }
      assertEquals(pixels, sums[0]);
      assertEquals(0.5 * pixels * pixels - 0.5 * pixels, sums[1]);
      assertTrue(blocks.get() <= 256, blocks + " blocks of " + pixels);
    }
  }
}
