package org.mskd.dataset.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Phantoms;
import org.mskd.random.SubSeeds;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

class PhantomSubjectTest {
  private static final long SEED = 77;
  private static List<PhantomSubject> subjects;

  @BeforeAll
  static void draw() {
    subjects =
        IntStream.range(0, 6)
            .mapToObj(i -> PhantomSubject.draw(64, 24, SubSeeds.at(SEED, i)))
            .toList();
  }

  private static double millilitres(Volume organs, int organ) {
    Grid grid = organs.grid();
    int count = 0;
    for (float value : organs.voxels()) {
      count += value == organ ? 1 : 0;
    }
    return count * grid.spacing(0) * grid.spacing(1) * grid.spacing(2) / 1000;
  }

  /** Mean position of an organ's voxels in mm from the middle of the grid. */
  private static double[] centre(Volume organs, int organ) {
    Grid grid = organs.grid();
    double[] sum = new double[3];
    int count = 0;
    for (int z = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++) {
          if (organs.at(x, y, z) == organ) {
            sum[0] += (x - (grid.nx() - 1) / 2.0) * grid.spacing(0);
            sum[1] += (y - (grid.ny() - 1) / 2.0) * grid.spacing(1);
            sum[2] += (z - (grid.nz() - 1) / 2.0) * grid.spacing(2);
            count++;
          }
        }
      }
    }
    return new double[] {sum[0] / count, sum[1] / count, sum[2] / count};
  }

  @Test
  void organsHaveHumanSizes() {
    // Wide about adult volumes: liver 1500 ml, spleen 200 ml, both kidneys 300 ml, pancreas 75 ml.
    double[] least = {400, 50, 120, 25};
    double[] most = {2200, 450, 600, 180};
    for (PhantomSubject subject : subjects) {
      for (int organ = 1; organ <= 4; organ++) {
        double ml = millilitres(subject.organs(), organ);
        String what = Phantoms.KNOWN_ORGANS.get(organ - 1) + " " + ml + " ml, seed " + SEED;
        assertTrue(ml > least[organ - 1] && ml < most[organ - 1], what);
      }
    }
  }

  @Test
  void organsLieWhereTheyDo() {
    for (PhantomSubject subject : subjects) {
      double[] liver = centre(subject.organs(), 1);
      double[] spleen = centre(subject.organs(), 2);
      double[] kidneys = centre(subject.organs(), 3);
      double[] pancreas = centre(subject.organs(), 4);
      assertTrue(liver[0] > 20, "liver on the right, seed " + SEED);
      assertTrue(spleen[0] < -50, "spleen on the left, seed " + SEED);
      assertTrue(Math.abs(kidneys[0]) < 25, "a kidney on each side, seed " + SEED);
      assertTrue(kidneys[1] < pancreas[1], "kidneys behind the pancreas, seed " + SEED);
      assertTrue(kidneys[2] < spleen[2], "kidneys below the spleen, seed " + SEED);
    }
  }

  @Test
  void subjectsDifferInShapePlaceAndDensity() {
    for (int organ = 1; organ <= 4; organ++) {
      double low = 1e9;
      double high = 0;
      for (PhantomSubject subject : subjects) {
        double ml = millilitres(subject.organs(), organ);
        low = Math.min(low, ml);
        high = Math.max(high, ml);
      }
      assertTrue(high > 1.15 * low, organ + ": " + low + " to " + high + " ml, seed " + SEED);
    }
  }

  @Test
  void noThresholdFindsAnOrgan() {
    for (int organ = 1; organ <= 4; organ++) {
      long[] all = new long[4096];
      long[] inside = new long[4096];
      long size = 0;
      for (PhantomSubject subject : subjects) {
        float[] image = subject.image().voxels();
        for (int i = 0; i < image.length; i++) {
          int hu = (int) image[i] + 1024;
          all[hu]++;
          if (subject.organs().voxels()[i] == organ) {
            inside[hu]++;
            size++;
          }
        }
      }
      double best = 0;
      long taken = 0;
      long hit = 0;
      for (int hu = 4095; hu >= 0; hu--) {
        taken += all[hu];
        hit += inside[hu];
        best = Math.max(best, 2.0 * hit / (taken + size));
      }
      assertTrue(best > 0 && best < 0.5, organ + ": Dice " + best + ", seed " + SEED);
    }
  }

  @Test
  void looksLikeCt() {
    for (PhantomSubject subject : subjects) {
      Grid grid = subject.image().grid();
      assertEquals(5.6, grid.spacing(0), 0.5);
      assertEquals(7.5, grid.spacing(2), 0.4);
      int[] counts = new int[3];
      for (float hu : subject.image().voxels()) {
        assertTrue(hu == Math.rint(hu) && hu >= -1024 && hu <= 3071);
        counts[0] += hu < -700 ? 1 : 0;
        counts[1] += hu > 0 && hu < 200 ? 1 : 0;
        counts[2] += hu > 250 ? 1 : 0;
      }
      double n = grid.size();
      assertTrue(counts[0] / n > 0.3, "air and lungs, seed " + SEED);
      assertTrue(counts[1] / n > 0.1, "soft tissue, seed " + SEED);
      assertTrue(counts[2] / n > 0.002, "bone, seed " + SEED);
    }
  }

  @Test
  void drawsTheSameAgain() {
    PhantomSubject again = PhantomSubject.draw(64, 24, SubSeeds.at(SEED, 2));
    assertEquals(subjects.get(2).image().grid(), again.image().grid());
    assertArrayEquals(subjects.get(2).image().voxels(), again.image().voxels());
    assertArrayEquals(subjects.get(2).organs().voxels(), again.organs().voxels());
  }

  @Test
  void theSmallestVolumesHaveEveryOrgan() {
    for (int i = 0; i < 6; i++) {
      PhantomSubject small = PhantomSubject.draw(32, 8, SubSeeds.at(SEED, i));
      for (int organ = 1; organ <= 4; organ++) {
        assertTrue(millilitres(small.organs(), organ) > 0, organ + ", seed " + SEED + " " + i);
      }
    }
  }
}
