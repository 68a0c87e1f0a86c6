package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.Neighbours;

class NeighbourSlicesTest {
  private static final int SIZE = 3;
  private static final int AREA = SIZE * SIZE;

  /** Slice z has the value {@code z²} / 100 plus the pixel's number / 1000; records its reads. */
  private static final class Squares implements SliceSource {
    private final int slices;
    private final double sliceMm;
    final List<Integer> read = new ArrayList<>();

    Squares(int slices, double sliceMm) {
      this.slices = slices;
      this.sliceMm = sliceMm;
    }

    static double value(double square, int pixel) {
      return square / 100 + pixel / 1000.0;
    }

    @Override
    public String id() {
      return "squares";
    }

    @Override
    public SliceGeometry geometry() {
      return new SliceGeometry(
          SIZE, SIZE, slices, 1, 1, sliceMm, SIZE, slices, SIZE, SIZE, 0, 0, 1, sliceMm);
    }

    @Override
    public void image(int slice, float[] out, int offset) {
      read.add(slice);
      for (int i = 0; i < AREA; i++) {
        out[offset + i] = (float) value((double) slice * slice, i);
      }
    }
  }

  private static float[] read(Neighbours neighbours, Squares source, int slice) {
    float[] out = new float[1 + AREA * neighbours.channels()];
    out[0] = -7;
    new NeighbourSlices(neighbours).read(source, slice, out, 1);
    assertEquals(-7, out[0], "before the offset");
    return Arrays.copyOfRange(out, 1, out.length);
  }

  /** Every channel of every pixel, given the square that each channel shows. */
  private static void assertSquares(float[] found, double... squares) {
    for (int i = 0; i < found.length; i++) {
      assertEquals(
          Squares.value(squares[i % squares.length], i / squares.length),
          found[i],
          1e-6,
          "channel " + i % squares.length + " of pixel " + i / squares.length);
    }
  }

  @Test
  void aNetworkOfSingleSlicesReadsTheSliceAlone() {
    Squares source = new Squares(6, 5);
    assertSquares(read(Neighbours.NONE, source, 4), 16);
    assertEquals(List.of(4), source.read);
  }

  @Test
  void channelsRunFromFeetToHeadWithTheSliceInTheMiddle() {
    assertSquares(read(new Neighbours(1, 0), new Squares(9, 5), 4), 9, 16, 25);
    assertSquares(read(new Neighbours(3, 0), new Squares(9, 1.25), 4), 1, 4, 9, 16, 25, 36, 49);
  }

  @Test
  void beyondTheEndsTheEndSliceIsRepeated() {
    Squares source = new Squares(4, 5);
    assertSquares(read(new Neighbours(2, 0), source, 0), 0, 0, 0, 1, 4);
    assertEquals(List.of(0, 1, 2), source.read, "the end slice is read once");
    assertSquares(read(new Neighbours(2, 0), source, 3), 1, 4, 9, 9, 9);
    assertSquares(read(new Neighbours(3, 12), new Squares(1, 5), 0), 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * At 5 mm: in slices 2.5 mm apart the second next ones, in slices 5 mm apart the next ones; 4 mm
   * apart a quarter beyond the next ones, 3 : 1 between 9 and 4, and between 25 and 36.
   */
  @Test
  void theDistanceIsTheSameInEveryScan() {
    Neighbours neighbours = new Neighbours(1, 5);
    assertSquares(read(neighbours, new Squares(9, 2.5), 4), 4, 16, 36);
    assertSquares(read(neighbours, new Squares(9, 5), 4), 9, 16, 25);
    assertSquares(read(neighbours, new Squares(9, 4), 4), 7.75, 16, 27.75);
    // 1.6 slices: between slices 2 and 3 at 2.4, between 5 and 6 at 5.6.
    assertSquares(read(neighbours, new Squares(9, 3.125), 4), 6, 16, 31.6);
    // 0.5 slices of 10 mm.
    assertSquares(read(neighbours, new Squares(9, 10), 4), 12.5, 16, 20.5);
    // Two on each side at 3 mm in slices 2.5 mm apart: 1.2 and 2.4 slices away.
    assertSquares(read(new Neighbours(2, 3), new Squares(9, 2.5), 4), 2.8, 8, 16, 27.2, 41.2);
  }

  @Test
  void interpolationEndsAtTheEndSlices() {
    Neighbours neighbours = new Neighbours(1, 5);
    // 1.25 slices above slice 2 of 4 is beyond slice 3; 1.25 below is 0.75: 0 and 1.
    assertSquares(read(neighbours, new Squares(4, 4), 2), 0.75, 4, 9);
    assertSquares(read(neighbours, new Squares(4, 4), 1), 0, 1, 5.25);
  }

  /** NIfTI headers hold 32-bit floats: 3.3 mm is 3.299999952316284 there. */
  @Test
  void whereASliceCoincidesItIsThatSliceAlone() {
    Squares source = new Squares(9, (float) 3.3);
    float[] found = read(new Neighbours(2, 6.6), source, 4);
    assertEquals(List.of(0, 2, 4, 6, 8), source.read);
    assertSquares(found, 0, 4, 16, 36, 64);
    source = new Squares(9, (float) 1.1);
    read(new Neighbours(1, 3.3), source, 4);
    assertEquals(List.of(1, 4, 7), source.read);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 5", "3, 0, 2.5", "1, 5, 1", "1, 5, 2", "3, 4, 1.5", "2, 1, 4"})
  void aScanReadInOrderIsReadOnce(int perSide, double distance, double sliceMm) {
    Squares source = new Squares(20, sliceMm);
    NeighbourSlices reader = new NeighbourSlices(new Neighbours(perSide, distance));
    float[] out = new float[AREA * reader.channels()];
    for (int slice = 0; slice < 20; slice++) {
      reader.read(source, slice, out, 0);
      assertArrayEquals(
          read(new Neighbours(perSide, distance), new Squares(20, sliceMm), slice), out);
    }
    List<Integer> distinct = source.read.stream().distinct().toList();
    assertEquals(distinct, source.read);
    assertEquals(20, distinct.size());
  }

  @Test
  void theOrderOfReadsAndScansDoesNotMatter() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Squares[] sources = {new Squares(300, 0.5), new Squares(7, 5), new Squares(40, 2)};
    NeighbourSlices reader = new NeighbourSlices(new Neighbours(3, 9.7));
    float[] out = new float[AREA * 7];
    for (int n = 0; n < 300; n++) {
      Squares source = sources[random.nextInt(3)];
      int slice = random.nextInt(source.slices());
      reader.read(source, slice, out, 0);
      assertArrayEquals(
          read(new Neighbours(3, 9.7), new Squares(source.slices(), source.sliceMm), slice),
          out,
          "seed " + seed);
    }
  }

  /** Against the definition in double precision: the two slices around z + k d / s. */
  @Test
  void anyDistanceIsLinearInterpolation() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int n = 0; n < 500; n++) {
      int slices = random.nextInt(1, 12);
      double sliceMm = random.nextDouble(0.5, 8);
      Neighbours neighbours = new Neighbours(random.nextInt(1, 4), random.nextDouble(0.1, 12));
      int slice = random.nextInt(slices);
      double[] expected = new double[neighbours.channels()];
      for (int c = 0; c < expected.length; c++) {
        double place = slice + (c - neighbours.perSide()) * neighbours.distance() / sliceMm;
        place = Math.max(0, Math.min(slices - 1, place));
        double below = Math.floor(place);
        expected[c] = below * below + (place - below) * ((below + 1) * (below + 1) - below * below);
      }
      float[] found = read(neighbours, new Squares(slices, sliceMm), slice);
      for (int i = 0; i < found.length; i++) {
        double exact = Squares.value(expected[i % expected.length], i / expected.length);
        // A place within 0.001 of a slice is that slice; neighbouring squares differ by up to 21.
        assertEquals(exact, found[i], 0.001 * 21 / 100 + 1e-6, "seed " + seed + ", case " + n);
      }
    }
  }

  /** Interpolation never leaves the range of the two slices, which the network's input has. */
  @Test
  void valuesStayBetweenThoseOfTheSlices() {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 0; n < 20_000; n++) {
      SlicePlace place = SlicePlace.of(random.nextDouble(-1, 6), 5);
      assertTrue(place.slice() >= 0 && place.highest() <= 4, place::toString);
      assertTrue(place.above() >= 0 && place.above() < 1, place::toString);
      float value = -1 + place.above() * (1 - -1f);
      assertTrue(value >= -1 && value <= 1, place::toString);
    }
  }

  @Test
  void slicesBeyondTheScanAreRefused() {
    NeighbourSlices reader = new NeighbourSlices(new Neighbours(1, 0));
    float[] out = new float[AREA * 3];
    for (int slice : new int[] {-1, 4}) {
      assertThrows(
          IndexOutOfBoundsException.class, () -> reader.read(new Squares(4, 1), slice, out, 0));
    }
  }
}
