package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Training;

class SamplerTest {
  private static final long SEED = 2021;

  /** Two data sets: subjects of 10 and 2 slices, and one of 5; annotated 3 of 12 and 1 of 5. */
  private static final SlicePool POOL =
      new SlicePool(
          List.of(
              List.of(new SubjectSlices(10, new int[] {4, 5}), new SubjectSlices(2, new int[] {1})),
              List.of(new SubjectSlices(5, new int[] {2}))));

  private static Map<SliceRef, Integer> count(Sampler sampler, int batches, boolean forced) {
    Map<SliceRef, Integer> counts = new HashMap<>();
    for (int i = 0; i < batches; i++) {
      SliceRef[] batch = sampler.batch(i);
      for (int slot = 0; slot < batch.length; slot++) {
        if (sampler.isForced(slot) == forced) {
          counts.merge(batch[slot], 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  @Test
  void aThirdOfFourIsOneForcedSlot() {
    Training training = Training.DEFAULT;
    assertEquals(1, training.forcedSlots());
    Sampler sampler = new Sampler(POOL, training.batchSize(), training.forcedSlots(), SEED);
    assertFalse(sampler.isForced(0) || sampler.isForced(1) || sampler.isForced(2));
    assertTrue(sampler.isForced(3));
    assertEquals(4, sampler.batch(0).length);
  }

  @Test
  void ofFourExactlyOneSlotIsForced() {
    // Annotated slices are rare, one of 1,000 in each of three data sets.
    List<SubjectSlices> rare = List.of(new SubjectSlices(1_000, new int[] {7}));
    Sampler sampler = new Sampler(new SlicePool(List.of(rare, rare, rare)), 4, 1, SEED);
    int shown = 0;
    for (int i = 0; i < 1_000; i++) {
      SliceRef[] batch = sampler.batch(i);
      assertEquals(7, batch[3].slice(), "iteration " + i + ", seed " + SEED);
      for (int slot = 0; slot < 3; slot++) {
        shown += batch[slot].slice() == 7 ? 1 : 0;
      }
    }
    assertTrue(shown < 15, shown + " of 3,000 free slots show it, 3 expected, seed " + SEED);
  }

  @Test
  void forcedSlotsSampleDataSetThenAnnotatedSlice() {
    Map<SliceRef, Integer> counts = count(new Sampler(POOL, 4, 1, SEED), 12_000, true);
    assertEquals(4, counts.size(), "only annotated slices, all of them");
    // Half for each data set; in the first, a third for each annotated slice. sd below 55.
    assertEquals(6_000, counts.get(new SliceRef(1, 0, 2)), 280, "seed " + SEED);
    assertEquals(2_000, counts.get(new SliceRef(0, 0, 4)), 280, "seed " + SEED);
    assertEquals(2_000, counts.get(new SliceRef(0, 0, 5)), 280, "seed " + SEED);
    assertEquals(2_000, counts.get(new SliceRef(0, 1, 1)), 280, "seed " + SEED);
  }

  @Test
  void otherSlotsSampleDataSetThenSubjectThenSlice() {
    Map<SliceRef, Integer> counts = count(new Sampler(POOL, 4, 1, SEED), 4_000, false);
    assertEquals(17, counts.size(), "every slice");
    counts.forEach(
        (ref, n) -> {
          // Of 12,000: 1/2 · 1/2 · 1/10, 1/2 · 1/2 · 1/2 and 1/2 · 1/5; sd below 37.
          int expected = ref.dataset() == 1 ? 1_200 : ref.subject() == 0 ? 300 : 1_500;
          assertEquals(expected, n, 190, ref + ", seed " + SEED);
        });
  }

  @Test
  void batchesDoNotDependOnTheOrderOfCalls() {
    Sampler forward = new Sampler(POOL, 4, 2, SEED);
    SliceRef[][] batches = new SliceRef[50][];
    for (int i = 0; i < 50; i++) {
      batches[i] = forward.batch(i);
    }
    Sampler backward = new Sampler(POOL, 4, 2, SEED);
    for (int i = 49; i >= 0; i--) {
      assertArrayEquals(batches[i], backward.batch(i));
    }
    Sampler other = new Sampler(POOL, 4, 2, SEED + 1);
    int equal = 0;
    for (int i = 0; i < 50; i++) {
      equal += Arrays.equals(batches[i], other.batch(i)) ? 1 : 0;
    }
    assertTrue(equal < 25, "another seed gives other batches, not " + equal + " equal ones");
  }

  @Test
  void unannotatedDataSetsGetNoForcedSlot() {
    SlicePool pool =
        new SlicePool(
            List.of(
                List.of(new SubjectSlices(3, new int[0])),
                List.of(new SubjectSlices(3, new int[] {0}))));
    Map<SliceRef, Integer> counts = count(new Sampler(pool, 2, 1, SEED), 100, true);
    assertEquals(Map.of(new SliceRef(1, 0, 0), 100), counts);
  }

  @Test
  void impossibleSizesAreRefused() {
    SlicePool empty = new SlicePool(List.of(List.of(new SubjectSlices(3, new int[0]))));
    assertThrows(IllegalArgumentException.class, () -> new Sampler(empty, 4, 1, SEED));
    assertEquals(4, new Sampler(empty, 4, 0, SEED).batch(0).length);
    assertThrows(IllegalArgumentException.class, () -> new Sampler(POOL, 0, 0, SEED));
    assertThrows(IllegalArgumentException.class, () -> new Sampler(POOL, 4, 5, SEED));
    assertThrows(IllegalArgumentException.class, () -> new SlicePool(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new SlicePool(List.of(List.of())));
    assertThrows(IllegalArgumentException.class, () -> new SubjectSlices(3, new int[] {3}));
    assertThrows(IllegalArgumentException.class, () -> new SubjectSlices(3, new int[] {1, 1}));
    assertThrows(IllegalArgumentException.class, () -> new SubjectSlices(0, new int[0]));
  }

  @Test
  void subjectsAreValues() {
    int[] annotated = {1, 2};
    SubjectSlices subject = new SubjectSlices(3, annotated);
    annotated[0] = 0;
    subject.annotated()[0] = 0;
    assertArrayEquals(new int[] {1, 2}, subject.annotated());
    assertEquals(new SubjectSlices(3, new int[] {1, 2}), subject);
    assertNotEquals(new SubjectSlices(4, new int[] {1, 2}), subject);
  }
}
