package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

/** Slices and the way back, against numbers worked out by hand and against functions. */
class PreprocessorTest {
  private static final Preprocessing PLAIN = new Preprocessing(16, -100, 100, List.of());

  private static Grid grid(int nx, int ny, int nz, double x, double y, double z) {
    return new Grid(nx, ny, nz, Affine.scaling(x, y, z));
  }

  private static Volume constant(Grid grid, float hu) {
    float[] voxels = new float[grid.size()];
    Arrays.fill(voxels, hu);
    return new Volume(grid, voxels);
  }

  @Test
  void theWindowBecomesMinusOneToOneAndIsClippedBeforeAveraging() {
    Volume volume = constant(grid(32, 32, 1, 1, 1, 1), 0);
    // One pixel of four voxels: 1000 and -300 HU are clipped to 100 and -100 first.
    volume.voxels()[0] = 1000;
    volume.voxels()[1] = -300;
    volume.voxels()[32] = 50;
    volume.voxels()[33] = 50;
    // A pixel that is air through and through, one of bone, one of HU 25.
    for (int i : new int[] {2, 3, 34, 35}) {
      volume.voxels()[i] = -1024;
      volume.voxels()[i + 2] = 3000;
      volume.voxels()[i + 4] = 25;
    }
    float[] slices = new Preprocessor(PLAIN).toSlices(volume);
    assertEquals(16 * 16, slices.length);
    assertArrayEquals(new float[] {0.25f, -1, 1, 0.25f, 0}, Arrays.copyOf(slices, 5), 1e-6f);
  }

  @Test
  void theLongerSideInMillimetresFillsTheSliceAndTheOtherIsCentred() {
    // 40 voxels of 1 mm by 10 voxels of 2 mm: 40 x 20 mm, so pixels of 2.5 mm, 16 by 8.
    Grid grid = grid(40, 10, 1, 1, 2, 5);
    Preprocessor preprocessor = new Preprocessor(PLAIN);
    SliceGeometry geometry = preprocessor.geometry(grid);
    assertEquals(2.5, geometry.pixelMm(), 1e-12);
    assertEquals(16, geometry.columns());
    assertEquals(8, geometry.rows());
    assertEquals(0, geometry.firstColumn());
    assertEquals(4, geometry.firstRow());
    float[] slice = preprocessor.toSlices(constant(grid, 100));
    for (int row = 0; row < 16; row++) {
      for (int column = 0; column < 16; column++) {
        float expected = row >= 4 && row < 12 ? 1 : -1;
        assertEquals(expected, slice[row * 16 + column], 1e-6, row + ", " + column);
      }
    }
  }

  @Test
  void fewerVoxelsMayBeTheLongerSide() {
    // 20 voxels of 4 mm are longer than 30 of 1 mm.
    SliceGeometry geometry = new Preprocessor(PLAIN).geometry(grid(30, 20, 1, 1, 4, 1));
    assertEquals(16, geometry.rows());
    assertEquals(6, geometry.columns());
    assertEquals(5, geometry.firstColumn());
  }

  @Test
  void rowsAreToTheFrontAndColumnsToTheRightAndSlicesToTheHead() {
    Volume volume = constant(grid(16, 16, 3, 1, 1, 1), -100);
    volume.voxels()[volume.grid().index(3, 7, 2)] = 100;
    float[] slices = new Preprocessor(PLAIN).toSlices(volume);
    assertEquals(1, slices[2 * 256 + 7 * 16 + 3]);
    assertEquals(1, count(slices, 1));
  }

  private static int count(float[] values, float wanted) {
    int count = 0;
    for (float value : values) {
      count += value == wanted ? 1 : 0;
    }
    return count;
  }

  @Test
  void targetSpacingInPlaneIsKeptAndCentred() {
    Preprocessing two = new Preprocessing(16, -100, 100, List.of(2.0));
    SliceGeometry geometry = new Preprocessor(two).geometry(grid(20, 16, 4, 1, 1, 3));
    assertEquals(10, geometry.columns());
    assertEquals(8, geometry.rows());
    assertEquals(3, geometry.firstColumn());
    assertEquals(4, geometry.firstRow());
    assertEquals(4, geometry.slices());
  }

  @Test
  void secondTargetSpacingResamplesBetweenSlices() {
    Preprocessing settings = new Preprocessing(16, -100, 100, List.of(1.0, 5.0));
    Volume volume = constant(grid(16, 16, 4, 1, 1, 2.5), 0);
    for (int z = 0; z < 4; z++) {
      Arrays.fill(volume.voxels(), z * 256, (z + 1) * 256, z * 20f);
    }
    float[] slices = new Preprocessor(settings).toSlices(volume);
    assertEquals(2 * 256, slices.length);
    // Planes of 0 and 20 HU, and of 40 and 60 HU, averaged: 10 and 50.
    assertEquals(0.1, slices[0], 1e-6);
    assertEquals(0.5, slices[256], 1e-6);
  }

  @Test
  void targetSpacingThatDoesNotFitIsRefusedWithOneThatDoes() {
    Preprocessing fine = new Preprocessing(64, -100, 100, List.of(0.5));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> new Preprocessor(fine).geometry(grid(40, 36, 4, 1, 1, 3)));
    assertEquals(
        "A scan of 40.0 x 36.0 mm does not fit into <sliceSize> 64 at <targetSpacing> 0.5 mm.",
        e.problem());
    assertEquals(
        "Give a <targetSpacing> of at least 0.63, or a <sliceSize> of at least 80.", e.remedy());
    Preprocessing advised = new Preprocessing(64, -100, 100, List.of(0.63));
    assertEquals(64, new Preprocessor(advised).geometry(grid(40, 36, 4, 1, 1, 3)).columns());
    Preprocessing larger = new Preprocessing(80, -100, 100, List.of(0.5));
    assertEquals(80, new Preprocessor(larger).geometry(grid(40, 36, 4, 1, 1, 3)).columns());
  }

  @Test
  void absurdSpacingBetweenSlicesIsRefused() {
    Preprocessing settings = new Preprocessing(16, -100, 100, List.of(1.0, 1.0));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> new Preprocessor(settings).geometry(grid(16, 16, 100, 1, 1, 3000)));
    assertTrue(e.problem().contains("makes 300000 slices"), e.problem());
  }

  @Test
  void linearFunctionComesBackExactlyAtWholeRatios() {
    Preprocessing settings = new Preprocessing(32, -100, 100, List.of(1.6, 5.0));
    checkLinear(grid(48, 40, 12, 0.8, 0.8, 2.5), settings, new double[] {1, -0.5, 2}, 0, "whole");
  }

  @Test
  void linearFunctionComesBackAtAnyRatio() {
    // A sampled line is a staircase; an average over w >= 1 of its steps is off by at most 1/8 of
    // a step: the staircase minus the line has an integral between -1/8 and 0.
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 20; round++) {
      Grid grid =
          grid(
              20 + random.nextInt(40),
              20 + random.nextInt(40),
              8 + random.nextInt(8),
              0.6 + random.nextDouble(),
              0.6 + random.nextDouble(),
              2 + random.nextDouble());
      Preprocessing settings =
          new Preprocessing(
              160, -100, 100, round % 2 == 0 ? List.of() : List.of(1.1, 2 + random.nextDouble()));
      double[] slope = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      double tolerance = (slope[0] + slope[1] + slope[2]) / 8;
      checkLinear(grid, settings, slope, tolerance, "seed 3, round " + round);
    }
  }

  /** There and back; not where an outermost output takes part, which may cover less. */
  private static void checkLinear(
      Grid grid, Preprocessing settings, double[] slope, double tolerance, String what) {
    Volume volume = constant(grid, 0);
    for (int z = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++) {
          volume.voxels()[grid.index(x, y, z)] =
              (float) (slope[0] * x + slope[1] * y + slope[2] * z - 50);
        }
      }
    }
    Preprocessor preprocessor = new Preprocessor(settings);
    float[] back = WholeReturn.of(preprocessor.geometry(grid), preprocessor.toSlices(volume));
    assertEquals(grid.size(), back.length);
    for (int z = 3; z < grid.nz() - 3; z++) {
      for (int y = 3; y < grid.ny() - 3; y++) {
        for (int x = 3; x < grid.nx() - 3; x++) {
          int i = grid.index(x, y, z);
          assertEquals(volume.voxels()[i], back[i] * 100, tolerance + 1e-3, what + " at " + i);
        }
      }
    }
  }

  @Test
  void labelsInBlocksComeBackVoxelForVoxel() {
    SplittableRandom random = new SplittableRandom(8);
    // 28 x 20 voxels in blocks of 2 x 2; 14 x 10 pixels, padded to 16 x 16.
    Grid grid = grid(28, 20, 3, 0.8, 0.8, 3);
    Volume label = constant(grid, 0);
    int[] blocks = random.ints(14 * 10 * 3, 0, 4).toArray();
    for (int i = 0; i < grid.size(); i++) {
      int x = i % 28;
      int y = i / 28 % 20;
      int z = i / 560;
      label.voxels()[i] = blocks[(z * 10 + y / 2) * 14 + x / 2];
    }
    Preprocessor preprocessor = new Preprocessor(new Preprocessing(16, -100, 100, List.of(1.6)));
    SliceGeometry geometry = preprocessor.geometry(grid);
    float[][] channels = new float[4][3 * 256];
    byte[] slice = new byte[256];
    LabelSlices labels = preprocessor.labels(label, geometry);
    for (int z = 0; z < 3; z++) {
      labels.slice(z, slice);
      for (int i = 0; i < 256; i++) {
        channels[slice[i]][z * 256 + i] = 1;
      }
    }
    float[][] back = new float[4][];
    for (int c = 0; c < 4; c++) {
      back[c] = WholeReturn.of(geometry, channels[c]);
    }
    for (int i = 0; i < grid.size(); i++) {
      int winner = 0;
      for (int c = 1; c < 4; c++) {
        winner = back[c][i] > back[winner][i] ? c : winner;
      }
      assertEquals(label.voxels()[i], winner, "seed 8, voxel " + i);
    }
  }

  @Test
  void aPlaneNeedsItsOwnSlicesOnly() {
    // Planes 2 mm apart from slices 3 mm apart.
    Preprocessing settings = new Preprocessing(32, -100, 100, List.of(1.1, 3.0));
    SliceGeometry geometry = new Preprocessor(settings).geometry(grid(20, 18, 9, 1, 1.3, 2));
    assertEquals(6, geometry.slices());
    float[] values = new float[6 * 1024];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    float[] whole = WholeReturn.of(geometry, values);
    SliceReturn slices = new SliceReturn(geometry);
    float[] plane = new float[360];
    for (int k = 0; k < 9; k++) {
      int first = slices.firstSlice(k);
      int end = slices.endSlice(k);
      // Its centre, 2 k + 1 mm from the feet, lies between those of its slices.
      assertTrue(3 * first + 1.5 <= Math.max(2 * k + 1, 1.5) + 1e-9, "plane " + k);
      assertTrue(3 * end - 1.5 >= Math.min(2 * k + 1, 16.5) - 1e-9, "plane " + k);
      slices.plane(Arrays.copyOfRange(values, first * 1024, end * 1024), first, k, plane, 0);
      assertArrayEquals(Arrays.copyOfRange(whole, k * 360, (k + 1) * 360), plane, 0f, "seed 1");
      int plane0 = k;
      float[] tooShort = new float[(end - first) * 1024 - 1];
      assertThrows(
          IllegalArgumentException.class, () -> slices.plane(tooShort, first, plane0, plane, 0));
      assertThrows(
          IllegalArgumentException.class, () -> slices.plane(values, first + 1, plane0, plane, 0));
    }
  }

  @Test
  void geometryGoesThroughJson() {
    SliceGeometry geometry = new Preprocessor(PLAIN).geometry(grid(37, 51, 9, 0.7, 0.71, 2.5));
    String json = ExperimentJson.write(geometry);
    assertEquals(geometry, ExperimentJson.read(json, SliceGeometry.class));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ExperimentJson.read(
                json.replace("\"columns\":" + geometry.columns(), "\"columns\":16000"),
                SliceGeometry.class));
  }
}
