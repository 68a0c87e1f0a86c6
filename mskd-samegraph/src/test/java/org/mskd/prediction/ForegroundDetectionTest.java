package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.SliceStore;
import org.mskd.problem.BadInputException;
import org.mskd.training.SmallData;

/** A store of 6 slices of 16 x 16, bright at rows and columns 5 to 10 of slices 2 and 3. */
class ForegroundDetectionTest {
  @TempDir Path folder;
  private SliceStore store;

  @BeforeEach
  void open() {
    store = SmallData.store(folder, "organ", 5);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private SortedMap<Integer, List<Integer>> foreground(int batch, PlainPrediction.Score score) {
    return new ForegroundDetection(new VolumePredictorTest.ByValue(3, batch, score))
        .organPixels(store);
  }

  private static double bright(int c, double v) {
    return c == 2 ? v : c == 0 ? 0 : -1;
  }

  @Test
  void slicesAndPixelsAreThoseWhereAnyClassBeatsBackground() {
    List<Integer> square =
        IntStream.range(0, 36).map(i -> (5 + i / 6) * 16 + 5 + i % 6).boxed().toList();
    for (int batch : new int[] {1, 4, 6, 7}) {
      assertEquals(
          Map.of(2, square, 3, square),
          foreground(batch, ForegroundDetectionTest::bright),
          batch + " slices at once, the last batch not full");
    }
    assertEquals(Map.of(), foreground(4, (c, v) -> 0), "a tie is background");
  }

  @Test
  void ofManyPixelsSixtyFourAreSpreadEvenly() {
    // The middles of 64 parts of 256 pixels, in each of 6 slices and in no slot that is empty.
    SortedMap<Integer, List<Integer>> everywhere = foreground(4, (c, v) -> c);
    assertEquals(List.of(0, 1, 2, 3, 4, 5), List.copyOf(everywhere.keySet()));
    List<Integer> middles = IntStream.range(0, 64).map(i -> 4 * i + 2).boxed().toList();
    everywhere.values().forEach(pixels -> assertEquals(middles, pixels));
    // 220 dark pixels around the square.
    List<Integer> dark = foreground(4, (c, v) -> c == 1 ? -v : 0).get(2);
    assertEquals(64, dark.stream().distinct().count());
    assertEquals(dark.stream().sorted().toList(), dark);
    for (int pixel : dark) {
      int row = pixel / 16;
      int column = pixel % 16;
      assertTrue(row < 5 || row > 10 || column < 5 || column > 10, "pixel " + pixel);
    }
  }

  @Test
  void aModelThatDivergedIsNamed() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> foreground(4, (c, v) -> c == 1 && v > 0 ? Double.NaN : 0));
    assertTrue(
        e.problem().startsWith("The model of class 1 gives NaN as a score in slice 2 of a"),
        e.problem());
  }
}
