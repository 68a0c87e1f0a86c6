package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.problem.BadInputException;
import org.mskd.training.SmallData;
import org.mskd.volume.Affine;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

class VolumePredictorTest {
  private static final Grid SMALL =
      new Grid(SmallData.SIDE, SmallData.SIDE, SmallData.SLICES, Affine.scaling(2, 2, 5));

  /** Sums of a few float products of numbers up to 1. */
  private static final double ROUNDING = 1e-5;

  @TempDir Path folder;

  /** Scores each pixel by its value alone; counts the slices it is given. */
  static final class ByValue implements SliceScorer {
    private final int classes;
    private final int batch;
    private final PlainPrediction.Score score;
    int batches;

    ByValue(int classes, int batch, PlainPrediction.Score score) {
      this.classes = classes;
      this.batch = batch;
      this.score = score;
    }

    @Override
    public int classes() {
      return classes;
    }

    @Override
    public int passes() {
      return 1;
    }

    @Override
    public int heads() {
      return 1;
    }

    @Override
    public long parameters() {
      return 0;
    }

    @Override
    public String modelOf(int c) {
      return "The model of class " + c;
    }

    @Override
    public Neighbours neighbours() {
      return Neighbours.NONE;
    }

    @Override
    public int batch() {
      return batch;
    }

    @Override
    public void score(float[] images, int count, float[][] scores) {
      batches++;
      for (int c = 0; c < classes; c++) {
        for (int i = 0; i < images.length; i++) {
          scores[c][i] = (float) score.of(c, images[i]);
        }
      }
    }

    @Override
    public void close() {}
  }

  /** The mean of two scorers' scores: an ensemble needs nothing but the interface. */
  private record Mean(SliceScorer first, SliceScorer second) implements SliceScorer {
    @Override
    public int classes() {
      return first.classes();
    }

    @Override
    public int passes() {
      return first.passes() + second.passes();
    }

    @Override
    public int heads() {
      return first.heads();
    }

    @Override
    public long parameters() {
      return first.parameters() + second.parameters();
    }

    @Override
    public String modelOf(int c) {
      return first.modelOf(c);
    }

    @Override
    public Neighbours neighbours() {
      return first.neighbours();
    }

    @Override
    public int batch() {
      return first.batch();
    }

    @Override
    public void score(float[] images, int count, float[][] scores) {
      first.score(images, count, scores);
      float[][] others = new float[scores.length][scores[0].length];
      second.score(images, count, others);
      for (int c = 0; c < scores.length; c++) {
        for (int i = 0; i < scores[c].length; i++) {
          scores[c][i] = (scores[c][i] + others[c][i]) / 2;
        }
      }
    }

    @Override
    public void close() {}
  }

  /** One scorer prefers class 1 by 2 everywhere, the other class 2 by 6: the mean by 2. */
  @Test
  void scorersCanBeCombined() {
    SliceScorer one = new ByValue(3, 4, (c, v) -> c == 1 ? 2 : 0);
    SliceScorer other = new ByValue(3, 4, (c, v) -> c == 2 ? 6 : 0);
    try (SliceStore store = SmallData.store(folder, "organ", 5)) {
      ClassMap map = new VolumePredictor(new Mean(one, other)).predict(store, SMALL);
      assertEquals(1, new VolumePredictor(one).predict(store, SMALL).at(3, 4, 5));
      for (int i = 0; i < SMALL.size(); i++) {
        assertEquals(2, map.at(i % 16, i / 16 % 16, i / 256), "at " + i);
      }
    }
    assertEquals(2, new Mean(one, other).passes());
  }

  /** Class 2 where the image is bright, class 1 where it is not, class 0 never. */
  private static double threshold(int c, double v) {
    return c == 0 ? -10 : c == 1 ? -v : v;
  }

  /** Every class is best somewhere in [-1, 1]. */
  private static double wave(int c, double v) {
    return Math.sin((5 + 3 * c) * v + c);
  }

  @Test
  void theBestClassWinsAtEachVoxelWhateverTheBatch() {
    try (SliceStore store = SmallData.store(folder, "organ", 5)) {
      for (int batch : new int[] {1, 4, 6, 7}) { // 6 slices: whole, cut and padded batches
        ByValue scorer = new ByValue(3, batch, VolumePredictorTest::threshold);
        ClassMap map = new VolumePredictor(scorer).predict(store, SMALL);
        assertEquals(SMALL, map.grid());
        assertEquals((6 + batch - 1) / batch, scorer.batches, "each slice is scored once");
        for (int i = 0; i < SMALL.size(); i++) {
          int x = i % 16;
          int y = i / 16 % 16;
          int z = i / 256;
          boolean organ = x >= 5 && x < 11 && y >= 5 && y < 11 && (z == 2 || z == 3);
          assertEquals(
              organ ? 2 : 1, map.at(x, y, z), "batch " + batch + " at " + x + " " + y + " " + z);
        }
      }
    }
  }

  /** Voxels and mm along each axis, side of a slice, targetSpacing. */
  @ParameterizedTest
  @CsvSource({
    "23, 17, 5, 1.3, 0.9, 2.5, 16, ''", // coarser slices, padded
    "9, 13, 4, 3.0, 2.0, 5.0, 32, ''", // finer slices than voxels
    "16, 16, 3, 1.0, 1.0, 4.0, 16, ''", // voxel for pixel
    "20, 14, 9, 1.0, 1.0, 2.0, 32, '1.7'", // much padding
    "20, 14, 9, 1.0, 1.0, 2.0, 16, '1.5 5.0'", // fewer slices than planes
    "20, 14, 4, 1.0, 1.0, 5.0, 32, '0.7 1.3'", // more slices than planes
    "1, 12, 1, 2.0, 2.0, 2.0, 16, '1.9 1.0'" // a single row
  })
  void planeByPlaneIsTheWholeVolume(
      int nx, int ny, int nz, double x, double y, double z, int size, String spacing) {
    Grid grid = new Grid(nx, ny, nz, Affine.scaling(x, y, z));
    List<Double> target =
        Arrays.stream(spacing.split(" ")).filter(s -> !s.isEmpty()).map(Double::valueOf).toList();
    int classes = 5;
    try (SliceStore store = noise(grid, new Preprocessing(size, -125, 275, target))) {
      PlainPrediction plain = new PlainPrediction(store, classes, VolumePredictorTest::wave);
      byte[] first = null;
      for (int batch : new int[] {1, 3, 64}) {
        ByValue scorer = new ByValue(classes, batch, VolumePredictorTest::wave);
        ClassMap map = new VolumePredictor(scorer).predict(store, grid);
        first = first == null ? map.classes() : first;
        assertArrayEquals(first, map.classes(), "seed 7, batch " + batch);
      }
      ClassMap map = new ClassMap(grid, first);
      for (int k = 0; k < nz; k++) {
        for (int j = 0; j < ny; j++) {
          for (int i = 0; i < nx; i++) {
            double[] scores = plain.at(i, j, k);
            int best = PlainPrediction.best(scores);
            assertTrue(
                scores[best] - scores[map.at(i, j, k)] <= ROUNDING,
                "seed 7, at %d %d %d: %d, not %d".formatted(i, j, k, map.at(i, j, k), best));
          }
        }
      }
    }
  }

  private SliceStore noise(Grid grid, Preprocessing preprocessing) {
    SplittableRandom random = new SplittableRandom(7);
    float[] image = new float[grid.size()];
    float[] label = new float[grid.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(-125, 276);
      label[i] = 1;
    }
    Path data = folder.resolve("data");
    NiftiWriter.write(data.resolve("imagesTs/a.nii"), new Volume(grid, image), VoxelType.INT16);
    NiftiWriter.write(data.resolve("labelsTs/a.nii"), new Volume(grid, label), VoxelType.UINT8);
    return SliceStore.open(
        new Preparer(preprocessing, folder, (set, done, of) -> {})
            .test(
                new TestSet(data, List.of(new OrganLabel("organ", 1))), List.of("organ"), List.of())
            .stores()
            .get(0));
  }

  @Test
  void nanOrInfiniteScoresNameTheModelAndTheSlice() {
    try (SliceStore store = SmallData.store(folder, "organ", 5)) {
      // Bright in slices 2 and 3 alone, in the second batch.
      ByValue diverged = new ByValue(3, 2, (c, v) -> c == 1 && v > 0 ? Double.NaN : 0);
      BadInputException e =
          assertThrows(
              BadInputException.class, () -> new VolumePredictor(diverged).predict(store, SMALL));
      assertEquals(
          "The model of class 1 gives NaN as a score in slice 2 of a: its training diverged.",
          e.problem());
      assertTrue(e.remedy().contains("<learningRate>"), e.remedy());
      ByValue infinite = new ByValue(3, 7, (c, v) -> c == 2 ? Double.NEGATIVE_INFINITY : 0);
      assertTrue(
          assertThrows(
                  BadInputException.class,
                  () -> new VolumePredictor(infinite).predict(store, SMALL))
              .problem()
              .startsWith("The model of class 2 gives -Infinity"));
    }
  }

  @Test
  void slicesOfAnotherGridAreRefused() {
    try (SliceStore store = SmallData.store(folder, "organ", 5)) {
      VolumePredictor predictor =
          new VolumePredictor(new ByValue(3, 4, VolumePredictorTest::threshold));
      Grid other = new Grid(16, 6, 16, SMALL.affine());
      assertThrows(IllegalArgumentException.class, () -> predictor.predict(store, other));
    }
  }
}
