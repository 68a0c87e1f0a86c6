package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;

class RegionMapsTest {
  private static final Regions WINNER = new Regions(true, Overlap.WINNER, MaskDownsampling.NEAREST);

  /**
   * @param margins by teacher and pixel: organ's logit minus the background's
   */
  private static RegionMaps regions(int slices, int width, Regions rules, float[]... margins) {
    int pixels = margins[0].length;
    float[] interleaved = new float[pixels * margins.length];
    for (int i = 0; i < interleaved.length; i++) {
      interleaved[i] = margins[i % margins.length][i / margins.length];
    }
    return RegionMaps.of(interleaved, slices, width, margins.length, rules);
  }

  private static String shown(RegionMaps maps, int region) {
    StringBuilder text = new StringBuilder();
    for (boolean in : maps.inside()[region]) {
      text.append(in ? '#' : '.');
    }
    return text.toString();
  }

  @Test
  void regionsByHand() {
    // A tie with the background, one claim, two claims, two equal claims, the first the larger.
    float[] first = {0, 1, 2, 3, 5};
    float[] second = {-1, -1, 4, 3, 2};
    RegionMaps sum = regions(1, 5, Regions.DEFAULT, first, second);
    assertEquals(".####", shown(sum, 0));
    assertEquals("..###", shown(sum, 1));
    assertEquals("#....", shown(sum, 2));
    RegionMaps winner = regions(1, 5, WINNER, first, second);
    assertEquals(".#.##", shown(winner, 0));
    assertEquals("..#..", shown(winner, 1));
    assertEquals("#....", shown(winner, 2));
    RegionMaps all = regions(1, 5, WINNER.unmasked(), first, second);
    for (int region = 0; region < 3; region++) {
      assertEquals("#####", shown(all, region));
    }
  }

  @ParameterizedTest
  @EnumSource(Overlap.class)
  void regionsCoverTheImage(Overlap overlap) {
    long seed = 42;
    SplittableRandom random = new SplittableRandom(seed);
    int[] claimsSeen = new int[7];
    for (int round = 0; round < 300; round++) {
      int organs = 1 + random.nextInt(6);
      float[][] margins = new float[organs][36];
      for (float[] teacher : margins) {
        for (int i = 0; i < teacher.length; i++) {
          teacher[i] = random.nextInt(-2, 4);
        }
      }
      Regions rules = new Regions(true, overlap, MaskDownsampling.NEAREST);
      boolean[][] inside = regions(1, 6, rules, margins).inside();
      for (int i = 0; i < 36; i++) {
        int pixel = i;
        int claims = (int) Arrays.stream(margins).filter(m -> m[pixel] > 0).count();
        int in = (int) Arrays.stream(inside).filter(map -> map[pixel]).count();
        claimsSeen[claims]++;
        assertEquals(
            overlap == Overlap.WINNER ? 1 : Math.max(1, claims),
            in,
            "seed " + seed + " round " + round + " pixel " + i);
      }
    }
    assertTrue(Arrays.stream(claimsSeen).allMatch(n -> n > 0), Arrays.toString(claimsSeen));
  }

  /** A 4x4 slice whose four squares hold 1 (not first), 1 (first), 2 and 3 pixels of the organ. */
  @ParameterizedTest
  @CsvSource({"NEAREST,.###", "MAX,####", "MAJORITY,...#"})
  void downsamplingByHand(MaskDownsampling rule, String expected) {
    float[] margins = {
      -1, -1, 1, -1,
      -1, 1, -1, -1,
      1, -1, 1, 1,
      1, -1, 1, -1,
    };
    RegionMaps maps = regions(1, 4, Regions.DEFAULT, margins).coarser(2, rule);
    assertEquals(expected, shown(maps, 0));
    assertEquals(4, maps.area());
  }

  /** One pixel of 16x16 in the second slice at (5, 3), or at a corner that all squares share. */
  @ParameterizedTest
  @CsvSource({
    "5,3,NEAREST,2,-1",
    "5,3,MAX,2,81",
    "5,3,MAJORITY,2,-1",
    "5,3,MAX,16,1",
    "5,3,NEAREST,16,-1",
    "5,3,MAJORITY,1,339",
    "0,0,NEAREST,16,1",
    "0,0,MAX,8,4",
    "0,0,MAJORITY,8,-1"
  })
  void anOrganOfOnePixel(int y, int x, MaskDownsampling rule, int stride, int expected) {
    float[] margins = new float[2 * 256];
    margins[256 + 16 * y + x] = 1;
    boolean[] map = regions(2, 16, Regions.DEFAULT, margins).coarser(stride, rule).inside()[0];
    assertEquals(2 * 256 / (stride * stride), map.length);
    for (int position = 0; position < map.length; position++) {
      assertEquals(position == expected, map[position], "position " + position);
    }
  }

  @Test
  void sharesByHand() {
    // Two slices of four pixels; organ 1 has 1 and none of them, organ 2 all and 2.
    float[] first = {1, -1, -1, -1, -1, -1, -1, -1};
    float[] second = {1, 1, 1, 1, 1, 1, -1, -1};
    RegionMaps maps = regions(2, 2, Regions.DEFAULT, first, second);
    assertArrayEquals(new int[] {1, 4, 0}, maps.counts()[0]);
    assertArrayEquals(new int[] {0, 2, 2}, maps.counts()[1]);
    double[][] shares = RegionShares.ofRegions(maps.counts(), maps.area());
    assertArrayEquals(new double[] {4, 1, 0}, shares[0]);
    assertArrayEquals(new double[] {0, 2, 2}, shares[1]);
    for (double[] ones : RegionShares.ofImage(2, 3)) {
      assertArrayEquals(new double[] {1, 1, 1}, ones);
    }
  }

  @Test
  void atItsOwnSizeTheBackgroundIsLeftOutToo() {
    RegionMaps maps = regions(1, 2, Regions.DEFAULT, new float[] {1, -1}, new float[] {-1, -1});
    RegionMaps organs = maps.coarser(1, MaskDownsampling.NEAREST);
    assertEquals(3, maps.inside().length);
    assertEquals(2, organs.inside().length);
    assertEquals("#.", shown(organs, 0));
    assertEquals("..", shown(organs, 1));
  }
}
