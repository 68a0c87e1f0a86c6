package org.mskd.report.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mskd.volume.Affine;
import org.mskd.volume.CanonicalPlanes;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

class SlicePicturesTest {
  private static final PlaneBox WHOLE = new PlaneBox(0, 0, 4, 2);

  @Test
  void theRightIsOnTheLeftAndTheFrontAtTheTop() {
    Grid grid = new Grid(4, 2, 1, Affine.scaling(1, 1, 5));
    byte[] classes = new byte[8];
    classes[grid.index(3, 1, 0)] = 1; // x grows to the right, y to the front
    classes[grid.index(0, 0, 0)] = 2;
    SliceView view = new SliceView(grid, WHOLE, 100);
    assertArrayEquals(new byte[] {1, 0, 0, 0, 0, 0, 0, 2}, view.classes(classes, 0));
    float[] plane = {0, 1, 2, 3, 10, 11, 12, 13};
    assertArrayEquals(new float[] {13, 12, 11, 10, 3, 2, 1, 0}, view.intensities(plane));
  }

  @Test
  void pixelsAreSquareAndMeansOfTheirVoxels() {
    // Voxels of 1 x 2 mm, and a picture of at most 4 pixels for 4 x 4 mm.
    Grid grid = new Grid(4, 2, 1, Affine.scaling(1, 2, 5));
    SliceView fine = new SliceView(grid, WHOLE, 4);
    assertEquals(4, fine.width());
    assertEquals(4, fine.height());
    SliceView coarse = new SliceView(grid, WHOLE, 2);
    assertEquals(2, coarse.width());
    assertEquals(2, coarse.height());
    assertArrayEquals(
        new float[] {12.5f, 10.5f, 2.5f, 0.5f},
        coarse.intensities(new float[] {0, 1, 2, 3, 10, 11, 12, 13}));
  }

  @Test
  void onlyTheBoxIsShown() {
    Grid grid = new Grid(4, 2, 1, Affine.scaling(1, 1, 5));
    SliceView view = new SliceView(grid, new PlaneBox(1, 1, 2, 1), 100);
    assertEquals(2, view.width());
    assertEquals(1, view.height());
    assertArrayEquals(
        new float[] {12, 11}, view.intensities(new float[] {0, 1, 2, 3, 10, 11, 12, 13}));
    assertArrayEquals(new byte[] {6, 5}, view.classes(new byte[] {0, 1, 2, 3, 4, 5, 6, 7}, 0));
  }

  @Test
  void theBoxHoldsTheBody() {
    Grid grid = new Grid(40, 30, 2, Affine.scaling(1, 1, 5));
    float[] hu = new float[grid.size()];
    Arrays.fill(hu, -1000);
    for (int y = 5; y < 20; y++) {
      for (int x = 10; x < 35; x++) {
        hu[grid.index(x, y, 0)] = 30;
      }
    }
    hu[grid.index(2, 27, 0)] = 500; // a single voxel is no body
    assertEquals(
        new PlaneBox(10, 5, 25, 15), PlaneBox.ofBody(new CanonicalPlanes(new Volume(grid, hu))));
    float[] air = new float[grid.size()];
    Arrays.fill(air, -1000);
    assertEquals(
        new PlaneBox(0, 0, 40, 30), PlaneBox.ofBody(new CanonicalPlanes(new Volume(grid, air))));
  }

  @Test
  void grayValuesKeepSoftTissueApart() {
    assertEquals(0, ToneCurve.gray(-3000));
    assertEquals(0, ToneCurve.gray(Float.NaN));
    assertEquals(40, ToneCurve.gray(-200));
    assertEquals(216, ToneCurve.gray(300));
    assertEquals(255, ToneCurve.gray(3000));
    assertEquals(128, ToneCurve.gray(50)); // the middle of -200 and 300
    int last = -1;
    for (float hu = -1100; hu < 1600; hu += 3) {
      assertTrue(ToneCurve.gray(hu) >= last, hu + " HU");
      last = ToneCurve.gray(hu);
    }
  }

  @Test
  void runsOfClassesCanBeDecoded() {
    assertEquals("AAMB//8BAA==".length(), 12);
    // Three of class 0, then 200 of class 1 (200 = 72 + 128 * 1).
    byte[] classes = new byte[203];
    Arrays.fill(classes, 3, 203, (byte) 1);
    assertArrayEquals(
        new byte[] {0, 3, 1, (byte) 0xC8, 1},
        Base64.getDecoder().decode(ClassRuns.encode(classes)));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] many = new byte[100_000];
    for (int from = 0; from < many.length; ) {
      int to = Math.min(many.length, from + 1 + random.nextInt(20_000));
      Arrays.fill(many, from, to, (byte) random.nextInt(256));
      from = to;
    }
    assertArrayEquals(many, decoded(ClassRuns.encode(many), many.length), "seed " + seed);
  }

  private static byte[] decoded(String text, int length) {
    byte[] runs = Base64.getDecoder().decode(text);
    byte[] classes = new byte[length];
    int at = 0;
    for (int i = 0; i < runs.length; ) {
      byte value = runs[i++];
      int run = 0;
      int shift = 0;
      do {
        run |= (runs[i] & 127) << shift;
        shift += 7;
      } while (runs[i++] < 0);
      Arrays.fill(classes, at, at + run, value);
      at += run;
    }
    assertEquals(length, at);
    return classes;
  }

  @Test
  void areasAreMixedAndOutlinesAreWhite() {
    Grid grid = new Grid(4, 3, 1, Affine.scaling(1, 1, 1));
    SliceView view = new SliceView(grid, new PlaneBox(0, 0, 4, 3), 100);
    float[] hu = new float[12];
    Arrays.fill(hu, 75); // the middle of the window: 128 of 255
    byte[] areas = new byte[12];
    areas[1] = 1; // E69F00
    areas[2] = (byte) ClassMap.IGNORED;
    byte[] outlines = new byte[12];
    outlines[5] = 1;
    BufferedImage image = new Overlay(view, -125, 275).draw(hu, areas, outlines);
    assertEquals(0x808080, image.getRGB(0, 0) & 0xFFFFFF);
    // 0.55 * 128 + 0.45 * (230, 159, 0) = (173.9, 141.95, 70.4)
    assertEquals(0xAE8E46, image.getRGB(1, 0) & 0xFFFFFF);
    assertEquals(0x808080, image.getRGB(2, 0) & 0xFFFFFF, "ignored voxels are no organ");
    assertEquals(0xFFFFFF, image.getRGB(1, 1) & 0xFFFFFF);
  }

  @Test
  void whatIsPredictedOfAnUnannotatedOrganIsNoError() {
    Grid grid = new Grid(2, 2, 2, Affine.scaling(1, 1, 1));
    byte[] reference = {0, 0, 0, 0, 1, 0, 0, 0};
    byte[] prediction = {2, 2, 2, 0, 0, 0, 0, 0};
    SliceChoice choice =
        new SliceChoice(
            new DrawnOrgans(List.of("liver", "spleen"), List.of(true, false)),
            new ClassMap(grid, reference),
            new ClassMap(grid, prediction));
    assertEquals(
        List.of(
            new ChosenSlice(1, List.of(1), "liver, most errors of mskd"),
            new ChosenSlice(0, List.of(2), "spleen")),
        choice.slices("mskd"));
  }

  @Test
  void slicesShowWhereOrgansAreLargestAndWhereMostIsWrong() {
    Grid grid = new Grid(2, 2, 5, Affine.scaling(1, 1, 1));
    byte[] reference = new byte[20];
    byte[] prediction = new byte[20];
    reference[4] = 1; // slice 1: one pixel of the liver
    reference[8] = 1; // slice 2: two of them
    reference[9] = 1;
    prediction[8] = 1;
    prediction[9] = 1;
    prediction[12] = 2; // slice 3: spleen, which the reference lacks
    prediction[16] = 1; // slice 4: three wrong pixels, one of them ignored
    prediction[17] = 1;
    prediction[18] = 1;
    reference[18] = (byte) ClassMap.IGNORED;
    SliceChoice choice =
        new SliceChoice(
            new DrawnOrgans(List.of("liver", "spleen"), List.of(true, true)),
            new ClassMap(grid, reference),
            new ClassMap(grid, prediction));
    assertEquals(
        List.of(
            new ChosenSlice(4, List.of(), "most errors of mskd"),
            new ChosenSlice(3, List.of(2), "spleen"),
            new ChosenSlice(2, List.of(1), "liver")),
        choice.slices("mskd"));
    assertEquals(
        List.of(4, 3, 1), SliceChoice.with(List.of(new ChosenSlice(4, List.of(), "")), 5, 2));
    assertEquals(List.of(4, 3, 2, 1, 0), SliceChoice.with(List.of(), 5, 100));
  }
}
