package org.mskd.benchmark.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
  @Test
  void medianIsTheMiddleOne() {
    assertEquals(3, new Timing(List.of(9.0, 1.0, 3.0)).median());
    assertEquals(1, new Timing(List.of(9.0, 1.0, 3.0)).minimum());
  }

  @Test
  void medianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertEquals(4, new Timing(List.of(9.0, 1.0, 3.0, 5.0)).median());
  }

  @Test
  void warmUpIsRunAndNotTimed() {
    int[] runs = {0};
    assertEquals(4, Timing.of(3, 4, () -> runs[0]++).steps());
    assertEquals(7, runs[0]);
  }

  @Test
  void aClearlySlowerVariantIsStoppedAfterTwoSteps() {
    int[] runs = {0};
    assertEquals(2, Timing.unlessSlower(0, 1, 10, () -> runs[0]++).steps());
    assertEquals(3, runs[0]);
  }

  @Test
  void aTimingNeedsSteps() {
    assertThrows(IllegalArgumentException.class, () -> new Timing(List.of()));
  }
}
