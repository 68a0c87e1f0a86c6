package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MixedViewsTest {
  private static final int SIZE = 24;
  private static final int AREA = SIZE * SIZE;

  /** Two slots of one data set, one of another, one without labels. */
  private static final float[] ANNOTATED = {1, 0, 1, 0, 0, 1, 0, 0};

  /** A pixel's channels are its index and that plus 1/2: they come from the same pixel. */
  @Test
  void allChannelsMoveTogether() {
    int pixels = 4 * AREA;
    float[] image = new float[2 * pixels];
    for (int i = 0; i < image.length; i++) {
      image[i] = i / 2 + 0.5f * (i % 2);
    }
    TensorBatch batch =
        new TensorBatch(
            5,
            Map.of(
                TensorBatch.IMAGE,
                Nd4j.create(image, new long[] {4, SIZE, SIZE, 2}, 'c'),
                TensorBatch.LABEL,
                Nd4j.create(new float[pixels], new long[] {4, SIZE, SIZE}, 'c'),
                TensorBatch.ANNOTATED,
                Nd4j.create(ANNOTATED, new long[] {4, 2}, 'c')),
            List.of("a", "b", "c", "d"));
    INDArray logits = Nd4j.create(new float[3 * pixels], new long[] {4, SIZE, SIZE, 3}, 'c');
    try (MixedViews views = new MixedViews(new CrossSetMix(6), 2)) {
      TensorBatch stacked = views.stack(batch, logits, 0);
      assertArrayEquals(new long[] {12, SIZE, SIZE, 2}, stacked.get(TensorBatch.IMAGE).shape());
      float[] images = HostFloats.copy(stacked.get(TensorBatch.IMAGE));
      float[] rows = HostFloats.copy(stacked.get(MixedViews.ROWS));
      int moved = 0;
      for (int i = 0; i < rows.length; i++) {
        int from = (int) images[2 * i];
        assertEquals(from + 0.5f, images[2 * i + 1]);
        assertEquals(i % AREA, from % AREA, "a pixel keeps its position");
        assertEquals(i / pixels * 4 + from / AREA, rows[i]);
        moved += from == i % pixels ? 0 : 1;
      }
      assertTrue(moved > 0, "rectangles of other slots");
    }
  }

  /**
   * The image's value is the index of the pixel: it identifies slot and position that a pixel of a
   * strong view is from.
   */
  @Test
  void imagesAndClassesMoveAlike() {
    SplittableRandom random = new SplittableRandom(3);
    int pixels = 4 * AREA;
    float[] image = new float[pixels];
    float[] label = new float[pixels];
    float[] logits = new float[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      image[i] = i;
      int seen = random.nextInt(3);
      label[i] = seen > 0 && ANNOTATED[i / AREA * 2 + seen - 1] == 1 ? seen : 0;
      for (int c = 0; c < 3; c++) {
        logits[3 * i + c] = (float) random.nextDouble();
      }
    }
    AverageLabels labels = AverageLabels.of(label, ANNOTATED, logits, 4);
    TensorBatch batch =
        new TensorBatch(
            5,
            Map.of(
                TensorBatch.IMAGE,
                Nd4j.create(image, new long[] {4, SIZE, SIZE, 1}, 'c'),
                TensorBatch.LABEL,
                Nd4j.create(label, new long[] {4, SIZE, SIZE}, 'c'),
                TensorBatch.ANNOTATED,
                Nd4j.create(ANNOTATED, new long[] {4, 2}, 'c')),
            List.of("a", "b", "c", "d"));
    INDArray tensor = Nd4j.create(logits, new long[] {4, SIZE, SIZE, 3}, 'c');
    try (MixedViews views = new MixedViews(new CrossSetMix(6), 2)) {
      TensorBatch stacked = views.stack(batch, tensor, 0);
      float[] images = HostFloats.copy(stacked.get(TensorBatch.IMAGE));
      float[] classes = HostFloats.copy(stacked.get(MixedViews.CLASSES));
      float[] rows = HostFloats.copy(stacked.get(MixedViews.ROWS));
      float[] targets = HostFloats.copy(stacked.get(PrototypeObjective.CLASSES));
      float[] labelled = HostFloats.copy(stacked.get(PrototypeObjective.LABELLED));
      assertEquals(3 * pixels, images.length);
      assertArrayEquals(image, Arrays.copyOf(images, pixels));
      assertArrayEquals(label, Arrays.copyOf(classes, pixels));
      int[] moved = new int[12];
      for (int i = 0; i < 3 * pixels; i++) {
        int from = (int) images[i];
        int slot = i % pixels / AREA;
        assertEquals(i % AREA, from % AREA, "a pixel keeps its position");
        assertEquals(i / pixels * 4 + from / AREA, rows[i], "its view, and where it is from");
        if (i < pixels) {
          assertEquals(-1, targets[i]);
          assertEquals(-1, labelled[i]);
        } else {
          assertEquals(labels.classes()[from], classes[i]);
          assertEquals(labels.classes()[from], targets[i]);
          assertEquals(labels.labelled()[from], labelled[i]);
        }
        if (from / AREA != slot) {
          moved[i / AREA]++;
          assertTrue(slot > 1 || from / AREA > 1, "slots 0 and 1 are of one data set");
        }
      }
      for (int view = 4; view < 12; view++) {
        assertTrue(moved[view] > 0.01 * AREA && moved[view] < 0.41 * AREA, Arrays.toString(moved));
      }
      float[] again = HostFloats.copy(views.stack(batch, tensor, 0).get(TensorBatch.IMAGE));
      assertArrayEquals(images, again, "a function of seed, iteration and slot");
    }
  }

  /**
   * Organ 1 in two slots, organ 2 in one, one slot without labels: half of each organ's mean. In
   * strong views one of four slots and two organs.
   */
  @Test
  void weightsAreMeansOverWhatIsAnnotated() {
    float e = 1 / 8f;
    assertArrayEquals(
        new float[] {.25f, 0, .25f, 0, 0, .5f, 0, 0, e, e, e, e, e, e, e, e},
        MixedViews.weights(ANNOTATED, 4, 1, 0));
    // Emphasised 3 times: 1/8 + 3/4 for organ 1 in slots 0 and 2, 1/8 + 3/2 for organ 2 in slot 3.
    float f = .875f;
    assertArrayEquals(
        new float[] {.25f, 0, .25f, 0, 0, .5f, 0, 0, f, e, f, e, e, 1.625f, e, e},
        MixedViews.weights(ANNOTATED, 4, 1, 3));
    assertArrayEquals(
        new float[] {0, 0, .5f, .5f}, MixedViews.weights(new float[] {0, 0}, 1, 1, 1));
  }

  @Test
  void anAverageCompletesAnnotations() {
    float[] annotated = {0, 1, 0};
    float[][] logits = {{0, 5, 9, 6}, {0, 5, 9, 6}, {0, 5, 1, 6}, {7, 5, 1, 6}, {0, 0, -1, -1}};
    float[] label = {2, 0, 0, 0, 0};
    float[] flat = new float[20];
    for (int i = 0; i < 5; i++) {
      System.arraycopy(logits[i], 0, flat, 4 * i, 4);
    }
    AverageLabels labels = AverageLabels.of(label, annotated, flat, 1);
    assertArrayEquals(new float[] {2, 0, 3, 0, 0}, labels.classes());
    assertArrayEquals(new float[] {1, 0, 0, 0, 0}, labels.labelled());
    assertArrayEquals(new float[] {2, 0, 0, 0, 0}, label, "it stays the caller's");
  }
}
