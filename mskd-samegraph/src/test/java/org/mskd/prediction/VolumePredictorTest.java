package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.SliceStore;
import org.mskd.training.SmallData;

class VolumePredictorTest {
  @TempDir Path folder;

  /** Class 2 where the image is bright, class 1 where it is not, class 0 never. */
  private static final class Threshold implements SliceScorer {
    private final int batch;

    Threshold(int batch) {
      this.batch = batch;
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public int passes() {
      return 1;
    }

    @Override
    public int batch() {
      return batch;
    }

    @Override
    public void score(float[] images, float[][] scores) {
      for (int i = 0; i < images.length; i++) {
        scores[0][i] = -10;
        scores[1][i] = -images[i];
        scores[2][i] = images[i];
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void theBestClassWinsAtEachVoxelWhateverTheBatch() {
    try (SliceStore store = SmallData.store(folder, "organ", 5)) {
      for (int batch : new int[] {1, 4, 6, 7}) { // 6 slices: whole, cut and padded batches
        byte[] classes = new VolumePredictor(new Threshold(batch)).predict(store);
        assertEquals(SmallData.SIDE * SmallData.SIDE * SmallData.SLICES, classes.length);
        for (int i = 0; i < classes.length; i++) {
          int x = i % 16;
          int y = i / 16 % 16;
          int z = i / 256;
          boolean organ = x >= 5 && x < 11 && y >= 5 && y < 11 && (z == 2 || z == 3);
          assertEquals(
              organ ? 2 : 1, classes[i], "batch " + batch + " at " + x + " " + y + " " + z);
        }
      }
    }
  }
}
