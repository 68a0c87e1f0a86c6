package org.mskd.teacher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Neighbours;
import org.mskd.problem.BadInputException;
import org.mskd.training.SliceSources;
import org.mskd.training.SmallData;
import org.mskd.training.Source;

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

  /** Two teachers whose margins depend on a pixel's value. */
  private SortedMap<Integer, List<Integer>> foreground(int batch, Margin margin) {
    SliceTeachers teachers =
        new SliceTeachers(
            List.of(
                teacher(batch, "liver", v -> margin.of(1, v)),
                teacher(batch, "kidney", v -> margin.of(2, v))));
    Source source = new Source("ct", List.of(), List.of(store), Optional.empty());
    return new ForegroundDetection(teachers, new SliceSources(List.of(source))).organPixels(0);
  }

  private static SliceTeacher teacher(int batch, String organ, DoubleUnaryOperator margin) {
    return new SliceTeacher(
        organ, new ValueNetwork(batch, 1, margin), new PreparedInput(Neighbours.NONE), List.of());
  }

  /** The margin of organ c at a pixel of value v. */
  private interface Margin {
    double of(int c, double v);
  }

  private static double bright(int c, double v) {
    return c == 2 ? v : -1;
  }

  @Test
  void slicesAndPixelsAreThoseWhereAnyTeacherPredictsItsOrgan() {
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
    SortedMap<Integer, List<Integer>> everywhere = foreground(4, (c, v) -> 1);
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

  /** The organ is where the lowest of three channels is bright: one slice too high. */
  @Test
  void slicesAreReadWithTheTeachersNeighbours() {
    SliceTeacher above =
        new SliceTeacher(
            "liver",
            new ValueNetwork(4, 3, v -> v),
            new PreparedInput(new Neighbours(1, 0)),
            List.of());
    Source source = new Source("ct", List.of(), List.of(store), Optional.empty());
    SortedMap<Integer, List<Integer>> found =
        new ForegroundDetection(
                new SliceTeachers(List.of(above)), new SliceSources(List.of(source)))
            .organPixels(0);
    assertEquals(List.of(3, 4), List.copyOf(found.keySet()));
  }

  @Test
  void aModelThatDivergedIsNamed() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> foreground(4, (c, v) -> c == 1 && v > 0 ? Double.NaN : 0));
    assertTrue(
        e.problem().startsWith("The teacher of liver gives NaN as a score in slice 2 of a"),
        e.problem());
  }
}
