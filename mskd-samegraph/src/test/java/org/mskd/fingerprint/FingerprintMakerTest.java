package org.mskd.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.volume.Affine;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;
import org.mskd.volume.Orientation;
import org.mskd.volume.Volume;

/** Fingerprints of small scans, compared with values by hand and with whole-volume sums. */
class FingerprintMakerTest {
  /** Voxels of 2 x 3 x 5 mm, which run right, front, head. */
  private static final Grid GRID =
      new Grid(10, 8, 6, Affine.of(2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 5, 0));

  /** The same voxels, stored from head to feet, front to back, right to left. */
  private static final Grid STORED =
      new Grid(6, 8, 10, Affine.of(0, 0, -2, 18, 0, -3, 0, 21, -5, 0, 0, 25));

  private static ScanFingerprint of(Volume image, ClassMap label, double pixelMm) {
    return FingerprintMaker.of(
        "imagesTr/a.nii", image, Optional.of(label), List.of("liver", "spleen"), pixelMm);
  }

  /** Air, a body of 40 HU in x 2..7, y 2..5, and a liver of 100 HU in x 6..7, y 3..4, z 2..4. */
  private static Volume image() {
    float[] voxels = new float[GRID.size()];
    Arrays.fill(voxels, -1000);
    for (int z = 0; z < 6; z++) {
      for (int y = 2; y < 6; y++) {
        for (int x = 2; x < 8; x++) {
          voxels[GRID.index(x, y, z)] = 40;
        }
      }
    }
    for (int z = 2; z < 5; z++) {
      for (int y = 3; y < 5; y++) {
        for (int x = 6; x < 8; x++) {
          voxels[GRID.index(x, y, z)] = x == 6 ? 90 : 110;
        }
      }
    }
    return new Volume(GRID, voxels);
  }

  private static ClassMap label() {
    byte[] classes = new byte[GRID.size()];
    for (int z = 2; z < 5; z++) {
      for (int y = 3; y < 5; y++) {
        for (int x = 6; x < 8; x++) {
          classes[GRID.index(x, y, z)] = 1;
        }
      }
    }
    return new ClassMap(GRID, classes);
  }

  @Test
  void valuesAndOrgansAreThoseByHand() {
    ScanFingerprint print = of(image(), label(), 1.5);
    // 480 voxels: 144 of body, 12 of them liver, of which 6 are 110 HU.
    assertEquals(
        new Intensities(-1000, 110, 336 / 480.0, 138 / 480.0, 0, true), print.intensities());
    OrganFingerprint liver = print.organs().get(0);
    assertEquals(12, liver.voxels());
    assertEquals(3, liver.slices());
    assertEquals(12 * 30 / 1000.0, liver.volumeMl(), 1e-12);
    assertEquals(100, liver.meanHu(), 1e-12);
    assertEquals(90, liver.minimumHu());
    assertEquals(110, liver.maximumHu());
    // Body: x 2..7, middle 4.5, width 6; y 2..5, middle 3.5; all 6 slices, middle 2.5.
    assertEquals(2 / 6.0, liver.right(), 1e-12);
    assertEquals(0, liver.front(), 1e-12);
    assertEquals(0.5 / 6, liver.head(), 1e-12);
    // 4 voxels of 6 mm2 in a slice, pixels of 2.25 mm2.
    assertEquals(4 * 6 / 2.25, liver.largestPixels(), 1e-12);
    assertEquals(OrganFingerprint.absent("spleen"), print.organs().get(1));
    assertEquals(new ScanGeometry(3, 5, 24), print.geometry());
    // 24 voxels of 165 in slice 0; 6 mm2 each.
    assertEquals(24 * 165 * 6, print.profile().mass().get(0), 0.5);
    // Uniform over 6 columns of 2 mm and 4 rows of 3 mm: (n^2 - 1) / 12 steps squared.
    assertEquals(35 / 12.0 * 4 + 15 / 12.0 * 9, print.profile().spread().get(0), 1e-3);
    assertEquals(5, print.profile().sliceMm());
  }

  @Test
  void theStoredOrderIsSeenInTheDescriptionAlone() {
    ScanFingerprint print = of(image(), label(), 1.5);
    ScanFingerprint stored =
        of(
            Orientation.fromCanonical(image(), STORED),
            Orientation.fromCanonical(label(), STORED),
            1.5);
    assertEquals("IPL", stored.orientation());
    assertEquals(List.of(6, 8, 10), stored.dimensions());
    assertEquals(List.of(5.0, 3.0, 2.0), stored.spacing());
    assertEquals(print.intensities(), stored.intensities());
    assertEquals(print.organs(), stored.organs());
    assertEquals(print.geometry(), stored.geometry());
    assertEquals(print.profile(), stored.profile());
    assertEquals(print.thumbnail(), stored.thumbnail());
  }

  /** 24 x 24 x 24 voxels, all soft tissue: each cell is a block of 2 x 2 x 2, without trimming. */
  @Test
  void cellsAreMeansOfTheBody() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    Grid grid = new Grid(24, 24, 24, Affine.scaling(1, 1, 1));
    float[] voxels = new float[grid.size()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = random.nextInt(0, 200);
    }
    ScanFingerprint print =
        FingerprintMaker.of("a", new Volume(grid, voxels), Optional.empty(), List.of(), 1);
    for (int cell = 0; cell < 12 * 12 * 12; cell++) {
      double sum = 0;
      for (int n = 0; n < 8; n++) {
        int x = 2 * (cell % 12) + n % 2;
        int y = 2 * (cell / 12 % 12) + n / 2 % 2;
        int z = 2 * (cell / 144) + n / 4;
        sum += voxels[grid.index(x, y, z)] + 125;
      }
      assertEquals(sum / 8, print.thumbnail().cells().get(cell), 0.5001, "seed " + seed);
    }
    assertEquals(List.of(), print.organs());
  }

  @Test
  void constantsAndFractionsAreNoticed() {
    float[] voxels = new float[GRID.size()];
    Arrays.fill(voxels, -1000);
    Intensities air =
        FingerprintMaker.of("a", new Volume(GRID, voxels), Optional.empty(), List.of(), 1)
            .intensities();
    assertTrue(air.constant() && air.whole());
    voxels[7] = 0.5f;
    Intensities other =
        FingerprintMaker.of("a", new Volume(GRID, voxels), Optional.empty(), List.of(), 1)
            .intensities();
    assertFalse(other.constant() || other.whole());
  }
}
