package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.ForegroundIndex;
import org.mskd.dataset.Patches;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.Neighbours;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.problem.BadInputException;

class BatchSourceTest {
  private static final int SIDE = SmallData.SIDE;
  private static final int AREA = SIDE * SIDE;
  private static final int PATCH = 8;
  private static final int ORGANS = 2;

  @TempDir Path folder;
  private SliceSources sources;

  @BeforeEach
  void prepare() {
    sources = SmallData.sources(folder);
  }

  private BatchSource source(boolean augmented, boolean labels) {
    return new BatchSource(
        sources,
        new Sampler(sources.pool(), 4, 1, 11),
        augmented ? Optional.of(new Augmentation(12)) : Optional.empty(),
        Optional.empty(),
        labels ? ORGANS : 0,
        Optional.empty());
  }

  private BatchSource patches(SliceSources from, int side, double strength, boolean labels) {
    return new BatchSource(
        from,
        new Sampler(from.pool(), 4, 1, 11),
        strength > 0 ? Optional.of(new Augmentation(12, strength)) : Optional.empty(),
        Optional.of(new Patches(side, SIDE, 13)),
        labels ? ORGANS : 0,
        Optional.empty());
  }

  private static byte[] classes(Batch batch) {
    return batch.annotations().orElseThrow().classes();
  }

  private static float[] organs(Batch batch) {
    return batch.annotations().orElseThrow().organs();
  }

  /** An unlabelled source whose slices 1 and 4 show something at the given pixel. */
  private Source unlabelled(String name, int pixel) {
    SliceStore store = SmallData.store(folder, name, 5);
    Map<Integer, List<Integer>> predicted = Map.of(1, List.of(pixel), 4, List.of(pixel));
    ForegroundIndex foreground =
        new ForegroundIndex(new TreeMap<>(Map.of("a", new TreeMap<>(predicted))));
    return new Source(name, List.of(), List.of(store), Optional.of(foreground));
  }

  @Test
  void aBatchDependsOnItsIterationAlone() {
    BatchSource first = source(true, true);
    Batch early = first.batch(7);
    BatchSource second = source(true, true);
    second.batch(8);
    second.batch(0);
    Batch late = second.batch(7);
    assertEquals(early.slices(), late.slices());
    assertArrayEquals(early.images(), late.images());
    assertArrayEquals(classes(early), classes(late));
  }

  private static void assertChannel(float[] expected, float[] images, int channel, String message) {
    assertEquals(3 * expected.length, images.length, message);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], images[3 * i + channel], message + " at " + i);
    }
  }

  /** The slices are 5 mm apart, so that neighbours at 5 mm are the adjacent ones. */
  @Test
  void neighboursAreFurtherChannelsOfTheSameTransform() {
    for (double distance : new double[] {0, 5}) {
      SliceSources stacked = new SliceSources(sources.sources(), new Neighbours(1, distance));
      for (Optional<Patches> patches :
          List.of(Optional.<Patches>empty(), Optional.of(new Patches(PATCH, SIDE, 13)))) {
        Sampler sampler = new Sampler(sources.pool(), 4, 1, 11);
        Augmentation augmentation = new Augmentation(12);
        BatchSource alone =
            new BatchSource(
                sources, sampler, Optional.of(augmentation), patches, ORGANS, Optional.empty());
        BatchSource all =
            new BatchSource(
                stacked, sampler, Optional.of(augmentation), patches, ORGANS, Optional.empty());
        for (int iteration = 0; iteration < 10; iteration++) {
          Batch expected = alone.batch(iteration);
          Batch found = all.batch(iteration);
          assertEquals(expected.slices(), found.slices());
          assertArrayEquals(classes(expected), classes(found), "the slice's own labels");
          assertArrayEquals(organs(expected), organs(found));
          assertChannel(expected.images(), found.images(), 1, "the slice itself");
          if (patches.isEmpty()) {
            assertChannel(shifted(iteration, -1), found.images(), 0, "the lower neighbour");
            assertChannel(shifted(iteration, 1), found.images(), 2, "the upper neighbour");
          }
        }
      }
    }
  }

  /** The slices of a batch that lie some slices higher, with the batch's augmentation. */
  private float[] shifted(int iteration, int by) {
    float[] images = new float[4 * AREA];
    var slices = new Sampler(sources.pool(), 4, 1, 11).batch(iteration);
    for (int slot = 0; slot < 4; slot++) {
      float[] slice = new float[AREA];
      int number = Math.max(0, Math.min(SmallData.SLICES - 1, slices[slot].slice() + by));
      sources.store(slices[slot]).image(number, slice, 0);
      float[] moved = new float[AREA];
      new Augmentation(12).sample(iteration, slot).image(slice, moved, SIDE);
      System.arraycopy(moved, 0, images, slot * AREA, AREA);
    }
    return images;
  }

  @Test
  void tensorsHaveTheChannelsOfTheNeighbours() {
    SliceSources stacked = new SliceSources(sources.sources(), new Neighbours(2, 7.5));
    BatchSource source =
        new BatchSource(
            stacked,
            new Sampler(sources.pool(), 4, 1, 11),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty());
    try (PrefetchedBatches ahead = new PrefetchedBatches(source, 1)) {
      TensorBatch batch = ahead.next();
      assertArrayEquals(new long[] {4, 16, 16, 5}, batch.get(TensorBatch.IMAGE).shape());
      assertArrayEquals(source.batch(0).images(), HostFloats.copy(batch.get(TensorBatch.IMAGE)));
      ahead.giveBack(batch);
    }
  }

  @Test
  void slicesAreNamedForMessages() {
    for (String name : source(true, true).batch(7).slices()) {
      assertTrue(name.matches("(one|two), a, slice [0-5]"), name);
    }
  }

  @Test
  void imageAndLabelShowTheSameSlice() {
    for (int iteration = 0; iteration < 20; iteration++) {
      Batch batch = source(false, true).batch(iteration);
      for (int i = 0; i < batch.images().length; i++) {
        // 200 HU in the window -125 to 275 is 0.625, 0 HU is -0.375.
        float expected = classes(batch)[i] != 0 ? 0.625f : -0.375f;
        assertEquals(expected, batch.images()[i], 1e-4f, "iteration " + iteration + " at " + i);
      }
    }
  }

  private static int marked(Batch batch, int slot) {
    int area = batch.size() * batch.size();
    int marked = 0;
    for (int i = slot * area; i < (slot + 1) * area; i++) {
      marked += classes(batch)[i] != 0 ? 1 : 0;
    }
    return marked;
  }

  @Test
  void theForcedSlotShowsItsOrgan() {
    for (int iteration = 0; iteration < 50; iteration++) {
      Batch batch = source(false, true).batch(iteration);
      assertEquals(36, marked(batch, 3), "iteration " + iteration);
    }
  }

  @Test
  void aStudentsBatchCarriesNoLabels() {
    Batch batch = source(true, false).batch(0);
    assertTrue(batch.annotations().isEmpty());
  }

  @Test
  void eachSlotListsTheOrganOfItsLabel() {
    SliceSources mixed =
        new SliceSources(
            List.of(sources.sources().get(0), unlabelled("three", 40), sources.sources().get(1)));
    BatchSource source =
        new BatchSource(
            mixed,
            new Sampler(mixed.pool(), 4, 2, 11),
            Optional.empty(),
            Optional.empty(),
            ORGANS,
            Optional.empty());
    Map<String, float[]> organs =
        Map.of("one", new float[] {1, 0}, "two", new float[] {0, 1}, "three", new float[] {0, 0});
    Map<String, Integer> forced = new TreeMap<>();
    for (int iteration = 0; iteration < 300; iteration++) {
      Batch batch = source.batch(iteration);
      for (int slot = 0; slot < 4; slot++) {
        String name = batch.slices().get(slot).split(",")[0];
        assertArrayEquals(
            organs.get(name), Arrays.copyOfRange(organs(batch), 2 * slot, 2 * slot + 2));
        int channel = name.equals("two") ? 2 : 1;
        for (int i = slot * AREA; i < (slot + 1) * AREA; i++) {
          assertTrue(classes(batch)[i] == 0 || classes(batch)[i] == channel);
        }
        if (name.equals("three")) {
          assertEquals(0, marked(batch, slot), "an unlabelled slice has an empty label");
        }
        if (slot >= 2) {
          forced.merge(batch.slices().get(slot), 1, Integer::sum);
        }
      }
    }
    // Each source as often, then each of its slices that show an organ; sd below 10.
    assertEquals(6, forced.size(), forced::toString);
    forced.values().forEach(count -> assertEquals(100, count, 48, forced::toString));
    assertTrue(forced.containsKey("three, a, slice 1"), forced::toString);
    assertTrue(forced.containsKey("three, a, slice 4"), forced::toString);
  }

  /** The set's classes 1, 2 are channels 2, 1 of a network; its third has none there. */
  @Test
  void aMultiOrganSetsClassesBecomeChannels() {
    SliceStore store = sources.sources().get(0).stores().get(0);
    Source source = new Source("several", List.of(2, 1, 0), List.of(store), Optional.empty());
    byte[] classes = {0, 1, 2, 3, 1};
    source.toChannels(classes);
    assertArrayEquals(new byte[] {0, 2, 1, 0, 2}, classes);
    float[] annotated = new float[6];
    source.markAnnotated(annotated, 3);
    assertArrayEquals(new float[] {0, 0, 0, 1, 1, 0}, annotated);
  }

  @Test
  void withoutAForegroundIndexUnlabelledSlicesAreNeverForced() {
    Source silent = Source.of("x", 0, sources.sources().get(0).stores());
    SliceSources mixed = new SliceSources(List.of(silent, sources.sources().get(1)));
    assertEquals(List.of(), mixed.pool().annotated(0));
    assertEquals(2, mixed.pool().annotated(1).size());
  }

  @Test
  void sourcesAreChecked() {
    SliceStore store = sources.sources().get(0).stores().get(0);
    assertThrows(IllegalArgumentException.class, () -> Source.of("x", 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> Source.of("x", -1, List.of(store)));
    assertThrows(BadInputException.class, () -> unlabelled("y", AREA));
  }

  /** Every place of a slice where the batch's square could have been cut out. */
  private static int places(Batch patch, Batch whole, int slot) {
    int found = 0;
    for (int top = 0; top <= SIDE - PATCH; top++) {
      for (int left = 0; left <= SIDE - PATCH; left++) {
        boolean equal = true;
        for (int i = 0; i < PATCH * PATCH && equal; i++) {
          int from = slot * AREA + (top + i / PATCH) * SIDE + left + i % PATCH;
          int to = slot * PATCH * PATCH + i;
          equal =
              whole.images()[from] == patch.images()[to]
                  && classes(whole)[from] == classes(patch)[to];
        }
        found += equal ? 1 : 0;
      }
    }
    return found;
  }

  @Test
  void patchesAreCutOutOfTheSameSlices() {
    BatchSource whole = source(true, true);
    BatchSource cut = patches(sources, PATCH, 1, true);
    for (int iteration = 0; iteration < 100; iteration++) {
      Batch expected = whole.batch(iteration);
      Batch batch = cut.batch(iteration);
      assertEquals(PATCH, batch.size());
      assertEquals(expected.slices(), batch.slices());
      assertArrayEquals(organs(expected), organs(batch));
      for (int slot = 0; slot < 4; slot++) {
        assertTrue(places(batch, expected, slot) > 0, "iteration " + iteration + ", slot " + slot);
      }
      assertTrue(marked(batch, 3) > 0, "the forced slot lacks its organ, iteration " + iteration);
      assertArrayEquals(
          batch.images(),
          patches(sources, PATCH, 1, false).batch(iteration).images(),
          "a student gets the same");
    }
  }

  private BatchSource full(Optional<Patches> patches, boolean labels) {
    return new BatchSource(
        sources,
        new Sampler(sources.pool(), 4, 1, 11),
        Optional.of(new Augmentation(12, 3, AugmentationKind.FULL)),
        patches,
        labels ? ORGANS : 0,
        Optional.empty());
  }

  /** The label follows the geometry; the image is transformed, then its intensities change. */
  @Test
  void theFullAugmentationChangesImageAndLabel() {
    Augmentation augmentation = new Augmentation(12, 3, AugmentationKind.FULL);
    BatchSource plain = source(false, true);
    for (int iteration = 0; iteration < 30; iteration++) {
      Batch before = plain.batch(iteration);
      Batch batch = full(Optional.empty(), true).batch(iteration);
      for (int slot = 0; slot < 4; slot++) {
        Augmentation.Transform transform = augmentation.sample(iteration, slot);
        int at = slot * AREA;
        float[] image = new float[AREA];
        transform.image(Arrays.copyOfRange(before.images(), at, at + AREA), image, SIDE);
        augmentation.intensities(iteration, slot, image, SIDE, new float[AREA]);
        String where = "iteration " + iteration + ", slot " + slot;
        assertArrayEquals(image, Arrays.copyOfRange(batch.images(), at, at + AREA), where);
        byte[] label = new byte[AREA];
        transform.label(Arrays.copyOfRange(classes(before), at, at + AREA), label, SIDE);
        assertArrayEquals(label, Arrays.copyOfRange(classes(batch), at, at + AREA), where);
      }
    }
  }

  @Test
  void aBatchOfTheFullAugmentationDependsOnItsIterationAlone() {
    for (Optional<Patches> patches :
        List.of(Optional.<Patches>empty(), Optional.of(new Patches(PATCH, SIDE, 13)))) {
      BatchSource other = full(patches, true);
      other.batch(8);
      assertArrayEquals(full(patches, true).batch(7).images(), other.batch(7).images());
      assertArrayEquals(
          full(patches, false).batch(7).images(), other.batch(7).images(), "a student's");
    }
  }

  @Test
  void aPatchOfTheWholeSliceIsTheSlice() {
    Batch expected = source(true, true).batch(3);
    Batch batch = patches(sources, SIDE, 1, true).batch(3);
    assertArrayEquals(expected.images(), batch.images());
    assertArrayEquals(classes(expected), classes(batch));
  }

  /** Shifted and turned three times as far: where the organ is left, the square shows it. */
  @Test
  void anOrganThatLeftTheSliceIsNoObstacle() {
    BatchSource whole =
        new BatchSource(
            sources,
            new Sampler(sources.pool(), 4, 1, 11),
            Optional.of(new Augmentation(12, 3)),
            Optional.empty(),
            ORGANS,
            Optional.empty());
    BatchSource cut = patches(sources, 2, 3, true);
    for (int iteration = 0; iteration < 300; iteration++) {
      assertEquals(
          marked(whole.batch(iteration), 3) > 0,
          marked(cut.batch(iteration), 3) > 0,
          "iteration " + iteration);
    }
  }

  @Test
  void aForcedUnlabelledSlotShowsPredictedOrgans() {
    // Pixel (12, 3) of 16: the square of 8 around it begins at (8, 0).
    Source source = unlabelled("three", 3 * SIDE + 12);
    SliceSources alone = new SliceSources(List.of(source));
    BatchSource whole =
        new BatchSource(
            alone,
            new Sampler(alone.pool(), 4, 1, 11),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty());
    BatchSource cut = patches(alone, PATCH, 0, false);
    for (int iteration = 0; iteration < 20; iteration++) {
      float[] slice = whole.batch(iteration).images();
      float[] patch = cut.batch(iteration).images();
      for (int i = 0; i < PATCH * PATCH; i++) {
        float expected = slice[3 * AREA + i / PATCH * SIDE + 8 + i % PATCH];
        assertEquals(expected, patch[3 * PATCH * PATCH + i], "iteration " + iteration);
      }
    }
  }

  @Test
  void predictedPixelsMoveWithTheSlice() {
    // The middle of the square at (5, 5) to (10, 10) of slices 2 and 3, alone in a patch of 1.
    SliceStore store = SmallData.store(folder, "three", 5);
    Map<Integer, List<Integer>> predicted =
        Map.of(2, List.of(7 * SIDE + 7), 3, List.of(7 * SIDE + 8));
    ForegroundIndex foreground =
        new ForegroundIndex(new TreeMap<>(Map.of("a", new TreeMap<>(predicted))));
    SliceSources alone =
        new SliceSources(
            List.of(new Source("three", List.of(), List.of(store), Optional.of(foreground))));
    BatchSource cut = patches(alone, 1, 3, false);
    for (int iteration = 0; iteration < 100; iteration++) {
      Augmentation.Transform transform = new Augmentation(12, 3).sample(iteration, 3);
      double organ = Math.min(1, transform.gain() * 0.625 + transform.offset());
      assertEquals(organ, cut.batch(iteration).images()[3], 1e-3, "iteration " + iteration);
    }
  }

  @Test
  void prefetchingKeepsTheOrder() {
    BatchSource source = source(true, true);
    try (PrefetchedBatches ahead = new PrefetchedBatches(source(true, true), 6)) {
      for (int iteration = 0; iteration < 6; iteration++) {
        TensorBatch batch = ahead.next();
        Batch expected = source.batch(iteration);
        assertArrayEquals(
            expected.images(), HostFloats.copy(batch.get(TensorBatch.IMAGE)), "at " + iteration);
        float[] labels = HostFloats.copy(batch.get(TensorBatch.LABEL));
        for (int i = 0; i < labels.length; i++) {
          assertEquals(classes(expected)[i], labels[i]);
        }
        assertArrayEquals(organs(expected), HostFloats.copy(batch.get(TensorBatch.ANNOTATED)));
        assertEquals(expected.slices(), batch.slices());
        assertArrayEquals(new long[] {4, 16, 16, 1}, batch.get(TensorBatch.IMAGE).shape());
        assertArrayEquals(new long[] {4, 16, 16}, batch.get(TensorBatch.LABEL).shape());
        assertArrayEquals(new long[] {4, ORGANS}, batch.get(TensorBatch.ANNOTATED).shape());
        assertEquals(4, batch.tensors().size());
      }
      NoSuchElementException e = assertThrows(NoSuchElementException.class, ahead::next);
      assertTrue(e.getMessage().contains("taken"), e.getMessage());
    }
  }
}
