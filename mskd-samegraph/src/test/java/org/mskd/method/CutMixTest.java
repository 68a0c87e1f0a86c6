package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.HostInts;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every value of a batch tells its slot, so that a mixed one shows where its values are from. */
class CutMixTest {
  private static final int SIZE = 32;
  private static final int SLOTS = 4;

  /** Of three sources: the first two slots are of the same one. */
  private static final float[] SOURCES = {0, 0, 1, 2};

  private static INDArray counted(long... shape) {
    INDArray array = Nd4j.createUninitialized(shape, 'c');
    float[] values = new float[(int) array.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    HostFloats.fill(array, values);
    return array;
  }

  /** Three channels, two organs, levels 0 and 2, and labels. */
  private static TensorBatch batch(int iteration, float... sources) {
    Map<String, INDArray> tensors = new HashMap<>();
    int slots = sources.length;
    tensors.put(TensorBatch.IMAGE, counted(slots, SIZE, SIZE, 3));
    tensors.put(TensorBatch.MARGINS, counted(slots, SIZE, SIZE, 2));
    tensors.put(TensorBatch.LABEL, counted(slots, SIZE, SIZE));
    tensors.put(TensorBatch.ANNOTATED, counted(slots, 2));
    tensors.put(TensorBatch.SOURCE, Nd4j.createFromArray(sources));
    for (int level : new int[] {0, 2}) {
      int side = SIZE >> level;
      int[] numbers = new int[slots * side * side * 2];
      Arrays.setAll(numbers, i -> i);
      tensors.put(TensorBatch.index(level), HostInts.create(numbers, slots, side, side, 2));
      tensors.put(TensorBatch.rows(level), counted(numbers.length, 4));
    }
    return new TensorBatch(iteration, tensors, List.of("a", "b", "c", "d").subList(0, slots));
  }

  private static CutMix mix(double probability) {
    return new CutMix(5, probability, List.of(0, 2));
  }

  /** The slots that the pixels of each slot are from, {@code [slot][pixel]}. */
  private static int[][] owners(TensorBatch mixed) {
    float[] all = HostFloats.copy(mixed.get(CutMix.OWNERS));
    int area = SIZE * SIZE;
    int[][] owners = new int[all.length / area][area];
    for (int i = 0; i < all.length; i++) {
      owners[i / area][i % area] = (int) all[i];
    }
    return owners;
  }

  private static Set<Integer> others(int[] owners, int slot) {
    Set<Integer> others = new HashSet<>();
    for (int owner : owners) {
      others.add(owner);
    }
    others.remove(slot);
    return others;
  }

  /** A value of slot s at some place is its number in slot 0 plus s times those of a slice. */
  private static void assertFrom(int[][] owners, double[] values, int side, String name) {
    int channels = values.length / (owners.length * side * side);
    int slice = side * side * channels;
    int factor = SIZE / side;
    for (int i = 0; i < values.length; i++) {
      int place = i % slice;
      int y = place / channels / side * factor;
      int x = place / channels % side * factor;
      for (int pixel = 0; pixel < factor * factor; pixel++) {
        int owner = owners[i / slice][(y + pixel / factor) * SIZE + x + pixel % factor];
        assertEquals(owner * slice + place, values[i], name + " at " + i);
      }
    }
  }

  @Test
  void everyTensorIsFromTheSamePixels() {
    try (CutMix mix = mix(1)) {
      for (int iteration = 0; iteration < 20; iteration++) {
        TensorBatch given = batch(iteration, SOURCES);
        TensorBatch mixed = mix.extend(given);
        int[][] owners = owners(mixed);
        for (String name : List.of(TensorBatch.IMAGE, TensorBatch.MARGINS, TensorBatch.LABEL)) {
          assertFrom(owners, mixed.get(name).dup().data().asDouble(), SIZE, name);
        }
        for (int level : new int[] {0, 2}) {
          double[] numbers =
              Arrays.stream(HostInts.copy(mixed.get(TensorBatch.index(level))))
                  .asDoubleStream()
                  .toArray();
          assertFrom(owners, numbers, SIZE >> level, "level " + level);
          assertSame(given.get(TensorBatch.rows(level)), mixed.get(TensorBatch.rows(level)));
        }
        assertSame(given.get(TensorBatch.ANNOTATED), mixed.get(TensorBatch.ANNOTATED));
        assertEquals(counted(SLOTS, SIZE, SIZE), given.get(TensorBatch.LABEL), "was written to");
      }
    }
  }

  @Test
  void partnersAreOfOtherSources() {
    Map<Integer, Set<Integer>> partners = new HashMap<>();
    int mixed = 0;
    try (CutMix mix = mix(1)) {
      for (int iteration = 0; iteration < 100; iteration++) {
        int[][] owners = owners(mix.extend(batch(iteration, SOURCES)));
        for (int slot = 0; slot < SLOTS; slot++) {
          Set<Integer> others = others(owners[slot], slot);
          assertTrue(others.size() <= 1, others::toString);
          mixed += others.size();
          partners.computeIfAbsent(slot, key -> new HashSet<>()).addAll(others);
        }
      }
    }
    assertEquals(Set.of(2, 3), partners.get(0));
    assertEquals(Set.of(2, 3), partners.get(1));
    assertEquals(Set.of(0, 1, 3), partners.get(2));
    assertEquals(Set.of(0, 1, 2), partners.get(3));
    // Edges on a grid of 4 pixels leave nothing of few rectangles, of at least 2 % of 32 x 32.
    assertTrue(mixed > 360, mixed + " of 400");
  }

  @Test
  void ofOneSourceAnyOtherSlotIsAPartner() {
    Set<Integer> partners = new HashSet<>();
    try (CutMix mix = mix(1)) {
      for (int iteration = 0; iteration < 50; iteration++) {
        partners.addAll(others(owners(mix.extend(batch(iteration, 3, 3, 3)))[1], 1));
      }
    }
    assertEquals(Set.of(0, 2), partners);
  }

  /** 400 slots at 0.25: the standard deviation of their number is 8.7. */
  @Test
  void asManySlotsAreMixedAsTheProbabilitySays() {
    int mixed = 0;
    try (CutMix mix = new CutMix(6, 0.25, List.of())) {
      for (int iteration = 0; iteration < 100; iteration++) {
        int[][] owners = owners(mix.extend(batch(iteration, SOURCES)));
        for (int slot = 0; slot < SLOTS; slot++) {
          mixed += others(owners[slot], slot).size();
        }
      }
    }
    assertEquals(100, mixed, 4 * 8.7);
  }

  @Test
  void allIsAFunctionOfSeedAndIteration() {
    float[][] labels = new float[4][];
    long[][] of = {{5, 7}, {5, 7}, {5, 8}, {4, 7}};
    for (int i = 0; i < 4; i++) {
      try (CutMix mix = new CutMix(of[i][0], 0.8, List.of(2))) {
        for (int before = 0; before < i; before++) {
          mix.extend(batch(before, SOURCES));
        }
        labels[i] =
            HostFloats.copy(mix.extend(batch((int) of[i][1], SOURCES)).get(TensorBatch.LABEL));
      }
    }
    assertArrayEquals(labels[0], labels[1]);
    assertFalse(Arrays.equals(labels[0], labels[2]));
    assertFalse(Arrays.equals(labels[0], labels[3]));
  }

  @Test
  void batchesWithoutLabelsAreMixedAlike() {
    try (CutMix mix = mix(1);
        CutMix labelled = mix(1)) {
      TensorBatch all = batch(3, SOURCES);
      Map<String, INDArray> tensors = new HashMap<>(all.tensors());
      tensors.remove(TensorBatch.LABEL);
      tensors.remove(TensorBatch.ANNOTATED);
      TensorBatch mixed = mix.extend(new TensorBatch(3, tensors, all.slices()));
      assertEquals(tensors.keySet(), mixed.tensors().keySet());
      assertArrayEquals(
          HostFloats.copy(labelled.extend(all).get(TensorBatch.IMAGE)),
          HostFloats.copy(mixed.get(TensorBatch.IMAGE)));
      assertNotEquals(all.get(TensorBatch.IMAGE), mixed.get(TensorBatch.IMAGE));
    }
  }
}
