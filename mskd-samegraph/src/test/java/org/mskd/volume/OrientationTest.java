package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OrientationTest {
  /** All 48: six orders of the axes, each axis either way. */
  static List<String> codes() {
    List<String> codes = new ArrayList<>();
    for (String order : List.of("RAS", "RSA", "ARS", "ASR", "SRA", "SAR")) {
      for (int flips = 0; flips < 8; flips++) {
        StringBuilder code = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
          char letter = order.charAt(axis);
          boolean flip = (flips >> axis & 1) == 1;
          code.append(!flip ? letter : letter == 'R' ? 'L' : letter == 'A' ? 'P' : 'I');
        }
        codes.add(code.toString());
      }
    }
    return codes;
  }

  /** Unit vectors by letter, times spacings 2, 3, 5 along right, front, head; origin (7, 8, 9). */
  private static Affine affine(String code) {
    double[] rows = {0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 9};
    for (int axis = 0; axis < 3; axis++) {
      switch (code.charAt(axis)) {
        case 'R' -> rows[axis] = 2;
        case 'L' -> rows[axis] = -2;
        case 'A' -> rows[4 + axis] = 3;
        case 'P' -> rows[4 + axis] = -3;
        case 'S' -> rows[8 + axis] = 5;
        default -> rows[8 + axis] = -5;
      }
    }
    return Affine.of(rows);
  }

  private static Volume counting(int nx, int ny, int nz, Affine affine) {
    float[] voxels = new float[nx * ny * nz];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = i;
    }
    return new Volume(new Grid(nx, ny, nz, affine), voxels);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void everyOrderAndFlip(String code) {
    Orientation orientation = Orientation.of(affine(code));
    assertEquals(code, orientation.code());
    assertEquals(code.equals("RAS"), orientation.isCanonical());
    Volume volume = counting(2, 3, 4, affine(code));
    Volume canonical = Orientation.toCanonical(volume);
    assertEquals("RAS", Orientation.of(canonical.grid().affine()).code());
    assertEquals(canonical.grid(), Orientation.canonical(volume.grid()));
    assertEquals(2, canonical.grid().spacing(0));
    assertEquals(3, canonical.grid().spacing(1));
    assertEquals(5, canonical.grid().spacing(2));
    everyVoxelKeepsItsPlace(volume, canonical, 0);
    Volume back = Orientation.fromCanonical(canonical, volume.grid());
    assertEquals(volume.grid(), back.grid());
    assertArrayEquals(volume.voxels(), back.voxels());
    ClassMap map = bytes(volume);
    ClassMap canonicalMap = Orientation.toCanonical(map);
    assertEquals(canonical.grid(), canonicalMap.grid());
    assertArrayEquals(bytes(canonical).classes(), canonicalMap.classes());
    ClassMap mapBack = Orientation.fromCanonical(canonicalMap, map.grid());
    assertEquals(map.grid(), mapBack.grid());
    assertArrayEquals(map.classes(), mapBack.classes());
  }

  private static ClassMap bytes(Volume volume) {
    byte[] classes = new byte[volume.voxels().length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) volume.voxels()[i];
    }
    return new ClassMap(volume.grid(), classes);
  }

  /** Looks every original voxel up in the canonical volume by its place in millimetres. */
  private static void everyVoxelKeepsItsPlace(Volume volume, Volume canonical, double tolerance) {
    assertEquals(volume.voxels().length, canonical.voxels().length);
    Grid grid = canonical.grid();
    boolean[] seen = new boolean[grid.size()];
    for (int z = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++) {
          int i = (int) canonical.at(x, y, z); // counting() stores each voxel's own index
          assertFalse(seen[i]);
          seen[i] = true;
          int nx = volume.grid().nx();
          int ny = volume.grid().ny();
          int slice = i / (nx * ny);
          int row = i / nx % ny;
          double[] there = volume.grid().affine().apply(i % nx, row, slice);
          assertArrayEquals(there, grid.affine().apply(x, y, z), tolerance);
        }
      }
    }
  }

  @Test
  void leftPosteriorSuperiorByHand() {
    Volume volume = counting(2, 2, 1, Affine.of(-1, 0, 0, 10, 0, -2, 0, 20, 0, 0, 3, 30));
    Volume canonical = Orientation.toCanonical(volume);
    assertArrayEquals(new float[] {3, 2, 1, 0}, canonical.voxels());
    assertEquals(Affine.of(1, 0, 0, 9, 0, 2, 0, 18, 0, 0, 3, 30), canonical.grid().affine());
    Orientation orientation = Orientation.of(volume.grid().affine());
    assertTrue(orientation.flipped(0) && orientation.flipped(1) && !orientation.flipped(2));
  }

  @Test
  void axialFirstByHand() {
    // As KiTS stores it: the first axis runs to the head, the last to the left.
    Volume volume = counting(2, 1, 3, Affine.of(0, 0, -1, 5, 0, 1, 0, 0, 4, 0, 0, 0));
    Orientation orientation = Orientation.of(volume.grid().affine());
    assertEquals("SAL", orientation.toString());
    assertEquals(2, orientation.voxelAxis(0));
    assertEquals(1, orientation.voxelAxis(1));
    assertEquals(0, orientation.voxelAxis(2));
    Volume canonical = Orientation.toCanonical(volume);
    assertEquals(
        new Grid(3, 1, 2, Affine.of(1, 0, 0, 3, 0, 1, 0, 0, 0, 0, 4, 0)), canonical.grid());
    assertArrayEquals(new float[] {4, 2, 0, 5, 3, 1}, canonical.voxels());
  }

  @ParameterizedTest
  @CsvSource({"SAL", "PIR", "LPS", "RPI", "ILP"})
  void longAxes(String code) {
    // Longer than the cubes in which voxels move, and no multiple of them.
    Volume volume = counting(67, 34, 33, affine(code));
    Volume canonical = Orientation.toCanonical(volume);
    everyVoxelKeepsItsPlace(volume, canonical, 0);
    assertArrayEquals(
        volume.voxels(), Orientation.fromCanonical(canonical, volume.grid()).voxels());
  }

  @Test
  void canonicalVolumesAreNotCopied() {
    Volume volume = counting(2, 3, 4, affine("RAS"));
    assertSame(volume, Orientation.toCanonical(volume));
    assertSame(volume.voxels(), Orientation.fromCanonical(volume, volume.grid()).voxels());
    ClassMap map = bytes(volume);
    assertSame(map, Orientation.toCanonical(map));
    assertSame(map.classes(), Orientation.fromCanonical(map, map.grid()).classes());
  }

  @Test
  void obliqueVolumesThereAndBack() {
    long seed = 2026;
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 300; run++) {
      String message = "seed " + seed + " run " + run;
      double[] m = Rotations.random(random);
      double[] spacing = {random.nextDouble(0.3, 5), random.nextDouble(0.3, 5), -2};
      double[] rows = new double[12];
      for (int row = 0; row < 3; row++) {
        for (int axis = 0; axis < 3; axis++) {
          rows[row * 4 + axis] = m[row * 3 + axis] * spacing[axis];
        }
        rows[row * 4 + 3] = random.nextDouble(-300, 300);
      }
      Volume volume = counting(2, 3, 4, Affine.of(rows));
      Volume canonical = Orientation.toCanonical(volume);
      everyVoxelKeepsItsPlace(volume, canonical, 1e-9);
      Affine affine = canonical.grid().affine();
      assertTrue(affine.get(0, 0) > 0 && affine.get(1, 1) > 0 && affine.get(2, 2) > 0, message);
      Volume back = Orientation.fromCanonical(canonical, volume.grid());
      assertEquals(volume.grid(), back.grid(), message);
      assertArrayEquals(volume.voxels(), back.voxels(), message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Small turns keep the order; turns beyond 45 degrees change it.
    "10, 20, -15, RAS",
    "44, 0, 0, RAS",
    "46, 0, 0, RSP",
    "0, 46, 0, IAR",
    "0, 0, -46, PRS",
    "0, 0, 170, LPS",
    "100, 0, 0, RSP"
  })
  void tilted(double x, double y, double z, String code) {
    double[] m = Rotations.euler(Math.toRadians(x), Math.toRadians(y), Math.toRadians(z));
    Affine affine = Affine.of(m[0], m[1], m[2], 0, m[3], m[4], m[5], 0, m[6], m[7], m[8], 0);
    assertEquals(code, Orientation.of(affine).code());
  }

  @Test
  void unequalSpacingDoesNotMislead() {
    // 30 degrees about x; a z step of 10 mm moves y by 5 mm, more than the y step of 1 mm does.
    double c = Math.cos(Math.PI / 6);
    Affine affine = Affine.of(1, 0, 0, 0, 0, c, -5, 0, 0, 0.5, 10 * c, 0);
    assertEquals("RAS", Orientation.of(affine).code());
  }

  @Test
  void everyAxisIsUsedOnceWhereTwoPointTheSameWay() {
    // A sheared affine: the first two axes both lie closest to x.
    Affine affine = Affine.of(1, 0.9, 0, 0, 0, 0.4, 0, 0, 0, 0, 1, 0);
    assertEquals("RAS", Orientation.of(affine).code());
    Affine swapped = Affine.of(0.9, 1, 0, 0, 0.4, 0, 0, 0, 0, 0, 1, 0);
    assertEquals("ARS", Orientation.of(swapped).code());
  }

  @Test
  void roundingDoesNotDecideATie() {
    double r = Math.sqrt(0.5);
    for (double noise : new double[] {-1e-8, 0, 1e-8}) {
      Affine affine = Affine.of(1, 0, 0, 0, 0, r - noise, -r - noise, 0, 0, r + noise, r, 0);
      assertEquals("RAS", Orientation.of(affine).code(), "noise " + noise);
    }
  }

  @Test
  void anotherGridIsRefused() {
    Volume volume = counting(2, 3, 4, affine("LPS"));
    Volume canonical = Orientation.toCanonical(volume);
    Grid other = new Grid(2, 3, 5, affine("LPS"));
    Grid moved = new Grid(2, 3, 4, affine("RAS"));
    for (Grid grid : List.of(other, moved)) {
      assertThrows(
          IllegalArgumentException.class, () -> Orientation.fromCanonical(canonical, grid));
      assertThrows(
          IllegalArgumentException.class, () -> Orientation.fromCanonical(bytes(canonical), grid));
    }
    assertNotEquals(Orientation.of(affine("LPS")), Orientation.of(affine("LAS")));
    assertEquals(Orientation.of(affine("LPS")), Orientation.of(other.affine()));
  }
}
