package org.mskd.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mskd.dataset.SlicePool;

class StoredSlicesTest {
  @Test
  void thePoolIsThatOfTheExample() {
    SlicePool pool = StoredSlices.pool();
    int slices =
        IntStream.range(0, pool.datasets())
            .map(d -> IntStream.range(0, pool.subjects(d)).map(s -> pool.slices(d, s)).sum())
            .sum();
    int annotated = IntStream.range(0, pool.datasets()).map(d -> pool.annotated(d).size()).sum();
    assertEquals(2554, slices);
    assertEquals(1.0 / 3, (double) annotated / slices, 0.01);
  }

  /**
   * 3,000 free samples leave e^(-3000/2554) of all slices out, 1,000 forced ones e^(-1000/840) of
   * the annotated third of these: 0.309 (2/3 + 0.304 / 3) = 0.237.
   */
  @Test
  void theNumberOfSampledSlicesHasItsExpectedValue() {
    assertEquals((1 - 0.237) * 2554, StoredSlices.drawn(), 40);
    assertTrue(StoredSlices.perStep(10) > 0);
    assertEquals(10.0 * StoredSlices.drawn() / 1000, StoredSlices.perStep(10), 1e-9);
  }
}
