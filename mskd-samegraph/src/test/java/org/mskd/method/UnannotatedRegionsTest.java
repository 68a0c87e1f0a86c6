package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnannotatedRegionsTest {
  private static boolean[] picture(String... rows) {
    String all = String.join("", rows);
    boolean[] picture = new boolean[all.length()];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = all.charAt(i) == '#';
    }
    return picture;
  }

  @Test
  void aPointBecomesASquareThatTheBorderCuts() {
    boolean[] points = picture("#....", ".....", ".....", ".....", "...#.");
    assertArrayEquals(
        picture("##...", "##...", ".....", "..###", "..###"),
        UnannotatedRegions.dilated(points, 5, 1));
    assertArrayEquals(points, UnannotatedRegions.dilated(points, 5, 0));
    boolean[] all = new boolean[25];
    java.util.Arrays.fill(all, true);
    assertArrayEquals(all, UnannotatedRegions.dilated(points, 5, 4));
  }

  @Test
  void isTheMaximumOverTheSquare() {
    long seed = 714_9;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 50; round++) {
      int size = 1 + random.nextInt(12);
      int radius = random.nextInt(4);
      boolean[] region = new boolean[size * size];
      for (int i = 0; i < region.length; i++) {
        region[i] = random.nextInt(10) == 0;
      }
      boolean[] expected = new boolean[region.length];
      for (int i = 0; i < region.length; i++) {
        for (int j = 0; j < region.length; j++) {
          boolean near =
              Math.abs(i / size - j / size) <= radius && Math.abs(i % size - j % size) <= radius;
          expected[i] |= near && region[j];
        }
      }
      assertArrayEquals(
          expected,
          UnannotatedRegions.dilated(region, size, radius),
          "seed " + seed + ", round " + round);
    }
  }

  /**
   * Three slots of 3 x 3: one whose set annotates organ 1 only, one that annotates both, one that
   * annotates none. Organ 2 is marked in the first, both organs in the last; the annotated organ 1
   * beside it is left out.
   */
  @Test
  void onlyOrgansWithoutAnnotationAreMarked() {
    float[] classes = {
      1, 2, 0, 0, 0, 0, 0, 0, 0, //
      1, 2, 0, 0, 0, 0, 0, 0, 0, //
      1, 2, 0, 0, 0, 0, 0, 0, 0
    };
    float[] annotated = {1, 0, 1, 1, 0, 0};
    float w = 27 / 11f; // 5 and 6 of 27 pixels
    assertArrayEquals(
        new float[] {
          0, w, w, w, w, w, 0, 0, 0, //
          0, 0, 0, 0, 0, 0, 0, 0, 0, //
          w, w, w, w, w, w, 0, 0, 0
        },
        UnannotatedRegions.weights(classes, annotated, 3, 3, 1));
  }

  @Test
  void weightsAddUpToTheNumberOfPixelsOrToNothing() {
    float[] classes = new float[2 * 64 * 64];
    classes[70] = 2;
    float[] annotated = {1, 0, 1, 1};
    double sum = 0;
    for (float weight : UnannotatedRegions.weights(classes, annotated, 2, 64, 2)) {
      sum += weight;
    }
    assertEquals(classes.length, sum, 1e-2);
    assertArrayEquals(
        new float[classes.length],
        UnannotatedRegions.weights(classes, new float[] {1, 1, 1, 1}, 2, 64, 2));
  }
}
