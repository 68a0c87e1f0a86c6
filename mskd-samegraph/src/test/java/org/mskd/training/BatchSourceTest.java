package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.Sampler;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class BatchSourceTest {
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
        labels);
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
    assertArrayEquals(early.labels(), late.labels());
  }

  @Test
  void slicesAreNamedForMessages() {
    for (String name : source(true, true).batch(7).slices()) {
      assertTrue(name.matches("data set [01], a, slice [0-5]"), name);
    }
  }

  @Test
  void imageAndLabelShowTheSameSlice() {
    for (int iteration = 0; iteration < 20; iteration++) {
      Batch batch = source(false, true).batch(iteration);
      for (int i = 0; i < batch.images().length; i++) {
        // 200 HU in the window -125 to 275 is 0.625, 0 HU is -0.375.
        float expected = batch.labels()[i] == 1 ? 0.625f : -0.375f;
        assertEquals(expected, batch.images()[i], 1e-4f, "iteration " + iteration + " at " + i);
      }
    }
  }

  @Test
  void theForcedSlotShowsItsOrgan() {
    int area = SmallData.SIDE * SmallData.SIDE;
    for (int iteration = 0; iteration < 50; iteration++) {
      Batch batch = source(false, true).batch(iteration);
      int marked = 0;
      for (int i = 3 * area; i < 4 * area; i++) {
        marked += batch.labels()[i];
      }
      assertEquals(36, marked, "iteration " + iteration);
    }
  }

  @Test
  void aStudentsBatchCarriesNoLabels() {
    assertEquals(0, source(true, false).batch(0).labels().length);
  }

  @Test
  void prefetchingKeepsTheOrder() {
    BatchSource source = source(true, true);
    try (PrefetchedBatches ahead = new PrefetchedBatches(source(true, true), 6)) {
      for (int iteration = 0; iteration < 6; iteration++) {
        MultiDataSet batch = ahead.next();
        Batch expected = source.batch(iteration);
        assertArrayEquals(
            expected.images(), batch.getFeatures(0).dup().data().asFloat(), "at " + iteration);
        float[] labels = batch.getLabels(0).dup().data().asFloat();
        for (int i = 0; i < labels.length; i++) {
          assertEquals(expected.labels()[i], labels[i]);
        }
        assertEquals(expected.slices(), batch.getExampleMetaData());
        assertArrayEquals(new long[] {4, 16, 16, 1}, batch.getFeatures(0).shape());
        assertArrayEquals(new long[] {4, 16, 16}, batch.getLabels(0).shape());
      }
      NoSuchElementException e = assertThrows(NoSuchElementException.class, ahead::next);
      assertTrue(e.getMessage().contains("taken"), e.getMessage());
    }
  }
}
