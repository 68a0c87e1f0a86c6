package org.mskd.targets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.Augmentation.Transform;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;

class WarpedTargetsTest {
  /** Margin per pixel of a ramp; 32 pixels stay where margins are stored in steps of 1/1024. */
  private static final float RAMP = 0.5f;

  private static final float OUT = -10;

  @TempDir Path folder;

  private static FeatureTerms unsorted(Integer... levels) {
    return new FeatureTerms(List.of(levels), FeatureSource.ENCODER, false);
  }

  private static Distillation settings(FeatureTerms features, MaskDownsampling rule) {
    return Distillation.DEFAULT
        .withFeatures(features)
        .withRegions(new Regions(true, Overlap.SUM, rule));
  }

  private static SliceRef slice(int i) {
    return new SliceRef(0, 0, i);
  }

  private TargetStore store(TargetLayout layout, List<TeacherOutputs> outputs) {
    Path file = folder.resolve("a.targets");
    try (TargetStoreWriter writer = TargetStoreWriter.create(file, layout, "us", Long.MAX_VALUE)) {
      for (int i = 0; i < outputs.size(); i++) {
        assertTrue(writer.add(slice(i), outputs.get(i).block(layout)));
      }
      writer.finish();
    }
    return TargetStore.open(file, layout, "us");
  }

  private static Transform geometry(double degrees, double scale, double x, double y) {
    return new Transform(degrees, scale, x, y, 1.1, 0.05);
  }

  /** What is stored for margins of 0, 1, ...: half a step less. */
  private static float stored(double margin) {
    return (float) (margin - 1 / 2048.0);
  }

  /**
   * One teacher on 4 x 4 pixels, margin i - 8.5 in pixel i, features of level 1 that encode the
   * position.
   */
  private WarpedTargets ramp() {
    TargetLayout layout = new TargetLayout(4, 1, Optional.of(unsorted(1)), 2, true);
    float[] margins = new float[16];
    for (int i = 0; i < 16; i++) {
      margins[i] = i - 8.5f;
    }
    TeacherOutputs outputs = new TeacherOutputs(margins, List.of()).coded(layout);
    return new WarpedTargets(
        store(layout, List.of(outputs)), settings(unsorted(1), MaskDownsampling.NEAREST));
  }

  private static float[] margins(int... pixels) {
    float[] margins = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      margins[i] = pixels[i] < 0 ? OUT : stored(pixels[i] - 8.5);
    }
    return margins;
  }

  @Test
  void identityIsExactlyWhatIsStored() {
    BatchTargets batch = ramp().of(List.of(slice(0)), List.of(Augmentation.identity()));
    assertArrayEquals(
        margins(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), batch.margins());
    // Pixels 8 and 10 belong to the lower two positions; 8 is negative.
    BatchTargets.Level level = batch.levels().get(0);
    assertEquals(2, level.side());
    assertEquals(4, level.channels());
    assertArrayEquals(new int[] {-1, -1, -1, 0}, level.index());
    assertEquals(1, TeacherOutputs.digit(level.rows(), 0, 4, 0));
    assertEquals(1, TeacherOutputs.digit(level.rows(), 0, 4, 1));
  }

  @Test
  void aQuarterTurnTakesXToY() {
    BatchTargets batch = ramp().of(List.of(slice(0)), List.of(geometry(90, 1, 0, 0)));
    assertArrayEquals(
        margins(12, 8, 4, 0, 13, 9, 5, 1, 14, 10, 6, 2, 15, 11, 7, 3), batch.margins(), 1e-5f);
    // Above are pixels 12 and 4, below 14 and 6. The rows come from the lower two positions.
    BatchTargets.Level level = batch.levels().get(0);
    assertArrayEquals(new int[] {0, -1, 1, -1}, level.index());
    for (int row = 0; row < 2; row++) {
      assertEquals(row, TeacherOutputs.digit(level.rows(), row, 4, 0));
      assertEquals(1, TeacherOutputs.digit(level.rows(), row, 4, 1));
    }
  }

  @Test
  void aShiftBringsPaddingIn() {
    // Two pixels to the right, one up.
    BatchTargets batch = ramp().of(List.of(slice(0)), List.of(geometry(0, 1, 0.5, -0.25)));
    assertArrayEquals(
        margins(-1, -1, 4, 5, -1, -1, 8, 9, -1, -1, 12, 13, -1, -1, -1, -1), batch.margins());
    // Position (1, 1) is pixel 12; its centre, (2.5, 2.5), comes from (0.5, 3.5): position (0, 1).
    BatchTargets.Level level = batch.levels().get(0);
    assertArrayEquals(new int[] {-1, -1, -1, 0}, level.index());
    assertEquals(0, TeacherOutputs.digit(level.rows(), 0, 4, 0));
    assertEquals(1, TeacherOutputs.digit(level.rows(), 0, 4, 1));
  }

  @Test
  void halfAPixelAveragesNeighboursAndAir() {
    float[] moved = ramp().of(List.of(slice(0)), List.of(geometry(0, 1, 0.125, 0))).margins();
    assertEquals((OUT + stored(-8.5)) / 2, moved[0], 1e-5);
    assertEquals(stored(0.5 - 8.5), moved[1], 1e-5);
    assertEquals(stored(14.5 - 8.5), moved[15], 1e-5);
  }

  @Test
  void whereNothingIsInsideAllRowsAreUnused() {
    TargetLayout layout = new TargetLayout(4, 2, Optional.of(unsorted(0)), 5, true);
    float[] margins = new float[32];
    TeacherOutputs outputs = new TeacherOutputs(margins, List.of()).coded(layout);
    try (TargetStore store = store(layout, List.of(outputs))) {
      BatchTargets.Level level =
          new WarpedTargets(store, settings(unsorted(0), MaskDownsampling.MAX))
              .of(List.of(slice(0)), List.of(Augmentation.identity()))
              .levels()
              .get(0);
      assertTrue(Arrays.stream(level.index()).allMatch(row -> row == -1));
      assertTrue(level.rows().length >= 5);
      for (float log : level.rows()) {
        assertEquals(-Math.log(5), log, 1e-6);
      }
    }
  }

  /**
   * Three teachers whose margins are a ramp along x, one along y, and a constant, positive
   * everywhere: what a pixel's margins are after augmentation tells where it comes from, since
   * bilinear interpolation is exact on a ramp, and whether padding is mixed in. Rows hold the
   * position that they were stored for.
   */
  private static TeacherOutputs ramps(TargetLayout layout) {
    int size = layout.size();
    float[] margins = new float[size * size * 3];
    for (int i = 0; i < size * size; i++) {
      margins[3 * i] = RAMP * (i % size + 1);
      margins[3 * i + 1] = RAMP * (i / size + 1);
      margins[3 * i + 2] = RAMP;
    }
    return new TeacherOutputs(margins, List.of()).coded(layout);
  }

  /** Every position inside has the row of the position that its centre comes from. */
  private void rowsComeFromWhereTheirCentresDo(double strength, AugmentationKind kind, long seed) {
    FeatureTerms features = unsorted(0, 1, 3);
    TargetLayout layout = new TargetLayout(32, 3, Optional.of(features), 4, true);
    Augmentation augmentation = new Augmentation(seed, strength, kind);
    int rows = 0;
    try (TargetStore store = store(layout, List.of(ramps(layout)))) {
      WarpedTargets targets = new WarpedTargets(store, settings(features, MaskDownsampling.MAX));
      for (int n = 0; n < 40; n++) {
        BatchTargets batch = targets.of(List.of(slice(0)), List.of(augmentation.sample(n, 0)));
        for (int i = 0; i < 3; i++) {
          rows += checkOrigins(layout, batch, i, "seed " + seed + ", batch " + n);
        }
      }
    }
    assertTrue(rows > 10_000, rows + " rows, seed " + seed);
  }

  private static int checkOrigins(TargetLayout layout, BatchTargets batch, int i, String what) {
    int stride = 1 << layout.levels().get(i);
    int side = layout.size() / stride;
    BatchTargets.Level level = batch.levels().get(i);
    int rows = 0;
    for (int position = 0; position < side * side; position++) {
      double[] centre = centre(batch.margins(), layout.size(), position, stride);
      if (centre.length == 0) {
        continue; // the border of the slice, where padding is interpolated
      }
      for (int k = 0; k < 3; k++) {
        int row = level.index()[3 * position + k];
        assertTrue(row >= 0, what + ": a position inside has no row");
        assertEquals(k, TeacherOutputs.digit(level.rows(), row, level.channels(), 2), what);
        for (int axis = 0; axis < 2; axis++) {
          int stored = TeacherOutputs.digit(level.rows(), row, level.channels(), axis);
          double middle = stored * stride + (stride - 1) / 2.0;
          assertEquals(centre[axis], middle, stride / 2.0 + 0.02, what + ", axis " + axis);
        }
        rows++;
      }
    }
    return rows;
  }

  /** Mean place that a position's pixels come from, x and y; empty where one lies at the border. */
  private static double[] centre(float[] margins, int size, int position, int stride) {
    int side = size / stride;
    double[] sum = new double[2];
    for (int i = 0; i < stride * stride; i++) {
      int x = position % side * stride + i % stride;
      int y = position / side * stride + i / stride;
      int at = 3 * (y * size + x);
      if (Math.abs(margins[at + 2] - RAMP) > 0.01) {
        return new double[0];
      }
      for (int axis = 0; axis < 2; axis++) {
        sum[axis] += (margins[at + axis] / RAMP - 1) / (stride * stride);
      }
    }
    return sum;
  }

  @Test
  void rowsComeFromWhereTheirCentresDoAtTheOrdinaryStrength() {
    rowsComeFromWhereTheirCentresDo(1, AugmentationKind.LIGHT, 40);
  }

  @Test
  void rowsComeFromWhereTheirCentresDoAtTheGreatestStrength() {
    rowsComeFromWhereTheirCentresDo(3, AugmentationKind.LIGHT, 60);
  }

  @Test
  void rowsComeFromWhereTheirCentresDoWithTheFullAugmentation() {
    rowsComeFromWhereTheirCentresDo(1, AugmentationKind.FULL, 41);
    rowsComeFromWhereTheirCentresDo(3, AugmentationKind.FULL, 61);
  }

  @Test
  void beyondAnyAugmentationANeighboursRowIsTakenOrThePositionIsLeftOut() {
    FeatureTerms features = unsorted(3);
    TargetLayout layout = new TargetLayout(64, 1, Optional.of(features), 4, true);
    float[] margins = new float[64 * 64];
    Arrays.fill(margins, -1);
    // Shrunk to an eighth, the slice lies in the square from 28 to 36.
    margins[36 * 64 + 36] = 1000;
    TeacherOutputs outputs = new TeacherOutputs(margins, List.of()).coded(layout);
    try (TargetStore store = store(layout, List.of(outputs))) {
      BatchTargets.Level level =
          new WarpedTargets(store, settings(features, MaskDownsampling.MAX))
              .of(List.of(slice(0)), List.of(geometry(0, 0.125, 0, 0)))
              .levels()
              .get(0);
      // Pixel (36, 36), in position (4, 4), is moved to (32.06, 32.06), so near (32, 32), which
      // belongs to position (4, 4) too. That one's centre, (35.5, 35.5), comes from (63.5, 63.5):
      // three positions from the mask's, and has no row within two but (6, 6), the kept corner.
      assertEquals(0, level.index()[4 * 8 + 4]);
      assertEquals(6, TeacherOutputs.digit(level.rows(), 0, 32, 0));
      assertEquals(6, TeacherOutputs.digit(level.rows(), 0, 32, 1));
    }
  }

  @Test
  void withoutMasksEveryPositionHasItsRow() {
    FeatureTerms features = unsorted(1);
    TargetLayout layout = new TargetLayout(8, 2, Optional.of(features), 4, false);
    Distillation settings =
        settings(features, MaskDownsampling.NEAREST).withRegions(Regions.DEFAULT.unmasked());
    try (TargetStore store =
        store(layout, List.of(TeacherOutputs.random(layout, 1).coded(layout)))) {
      BatchTargets.Level level =
          new WarpedTargets(store, settings)
              .of(
                  List.of(slice(0), slice(0)),
                  List.of(geometry(0, 1, 0, 0), geometry(0, 1, .25, 0)))
              .levels()
              .get(0);
      for (int row = 0; row < 64; row++) {
        assertEquals(row, level.index()[row]);
        assertEquals(row % 2, TeacherOutputs.digit(level.rows(), row, 8, 2));
        // The second slot is shifted by one position; what comes from outside is the edge's.
        int column = row / 2 % 4;
        int from = row < 32 ? column : Math.max(0, column - 1);
        assertEquals(from, TeacherOutputs.digit(level.rows(), row, 8, 0), "row " + row);
        assertEquals(row / 8 % 4, TeacherOutputs.digit(level.rows(), row, 8, 1), "row " + row);
      }
    }
  }

  @Test
  void theWinnerTakesTheOverlap() {
    FeatureTerms features = unsorted(0);
    TargetLayout layout = new TargetLayout(2, 2, Optional.of(features), 4, true);
    float[] margins = {1, 2, 3, 2, -1, 2, 3, -1};
    TeacherOutputs outputs = new TeacherOutputs(margins, List.of()).coded(layout);
    Distillation settings =
        Distillation.DEFAULT
            .withFeatures(features)
            .withRegions(new Regions(true, Overlap.WINNER, MaskDownsampling.NEAREST));
    try (TargetStore store = store(layout, List.of(outputs))) {
      int[] index =
          new WarpedTargets(store, settings)
              .of(List.of(slice(0)), List.of(Augmentation.identity()))
              .levels()
              .get(0)
              .index();
      assertArrayEquals(new int[] {-1, 0, 1, -1, -1, 2, 3, -1}, index);
    }
  }

  @Test
  void withoutFeatureTermsThereAreMarginsOnly() {
    TargetLayout layout = new TargetLayout(8, 2, Optional.empty(), 4, true);
    try (TargetStore store = store(layout, List.of(TeacherOutputs.random(layout, 1)))) {
      WarpedTargets targets = new WarpedTargets(store, Distillation.DEFAULT.withFeatureWeight(0));
      BatchTargets batch = targets.of(List.of(slice(0)), List.of(Augmentation.identity()));
      assertEquals(128, batch.margins().length);
      assertEquals(List.of(), batch.levels());
    }
  }

  @Test
  void settingsThatNeedWhatIsNotStoredAreRefused() {
    TargetLayout layout = new TargetLayout(8, 2, Optional.of(unsorted(1)), 4, true);
    try (TargetStore store = store(layout, List.of(TeacherOutputs.random(layout, 1)))) {
      for (Distillation other :
          List.of(
              Distillation.DEFAULT,
              settings(unsorted(0), MaskDownsampling.NEAREST),
              settings(unsorted(1), MaskDownsampling.NEAREST)
                  .withRegions(Regions.DEFAULT.unmasked()))) {
        assertThrows(IllegalArgumentException.class, () -> new WarpedTargets(store, other));
      }
      WarpedTargets targets =
          new WarpedTargets(store, settings(unsorted(1), MaskDownsampling.NEAREST));
      assertThrows(
          NoSuchElementException.class,
          () -> targets.of(List.of(slice(5)), List.of(Augmentation.identity())));
    }
  }
}
