package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;
import org.mskd.training.SmallData;

class ForegroundIndexTest {
  private static final String TEXT =
      "{\"organPixels\":{\"ct1\":{\"2\":[0,17,255],\"10\":[4]},\"ct2\":{}}}\n";

  @TempDir Path folder;

  private static ForegroundIndex foreground(Map<String, Map<Integer, List<Integer>>> pixels) {
    SortedMap<String, SortedMap<Integer, List<Integer>>> sorted = new TreeMap<>();
    pixels.forEach((id, slices) -> sorted.put(id, new TreeMap<>(slices)));
    return new ForegroundIndex(sorted);
  }

  private static ForegroundIndex small() {
    return foreground(
        Map.of("ct1", Map.of(10, List.of(4), 2, List.of(0, 17, 255)), "ct2", Map.of()));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("unlabelled/foreground.json");
    small().write(file);
    assertEquals(TEXT, Files.readString(file));
    assertEquals(small(), ForegroundIndex.read(file));
  }

  @Test
  void returnsSlicesAndPixels() {
    ForegroundIndex foreground = small();
    assertArrayEquals(new int[] {2, 10}, foreground.slices("ct1"));
    assertArrayEquals(new int[0], foreground.slices("ct2"));
    assertArrayEquals(new int[0], foreground.slices("another"));
    assertArrayEquals(new int[] {0, 17, 255}, foreground.pixels("ct1", 2).toArray());
    assertArrayEquals(new int[0], foreground.pixels("ct1", 3).toArray());
    assertArrayEquals(new int[0], foreground.pixels("another", 2).toArray());
  }

  @Test
  void refusesWhatIsNoForegroundIndex() {
    for (List<Integer> pixels :
        List.of(
            List.<Integer>of(),
            List.of(-1),
            List.of(3, 3),
            List.of(3, 2),
            IntStream.rangeClosed(0, 64).boxed().toList())) {
      assertThrows(
          IllegalArgumentException.class, () -> foreground(Map.of("ct1", Map.of(0, pixels))));
    }
    List<Integer> most = IntStream.range(0, 64).boxed().toList();
    assertEquals(64, foreground(Map.of("a", Map.of(0, most))).pixels("a", 0).count());
    assertThrows(
        IllegalArgumentException.class, () -> foreground(Map.of("ct1", Map.of(-1, List.of(1)))));
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    String[] damaged = {
      "",
      "null",
      "[]",
      "{}",
      "{\"organPixels\":null}\n",
      TEXT + TEXT,
      TEXT.substring(0, TEXT.length() - 1),
      TEXT.substring(0, 30),
      TEXT.replace("17", "\"17\""),
      TEXT.replace("17", "17.5"),
      TEXT.replace("17", "null"),
      TEXT.replace("17", "300"),
      TEXT.replace("17", "-17"),
      TEXT.replace("17", "99999999999"),
      TEXT.replace("[4]", "[]"),
      TEXT.replace("[4]", "null"),
      TEXT.replace("\"10\"", "\"2\""),
      TEXT.replace("\"10\"", "\"x\""),
      TEXT.replace("\"10\"", "\"-10\""),
      TEXT.replace("ct2", "ct1"),
      TEXT.replace("{}", "null"),
      TEXT.replace("organPixels", "pixels"),
      TEXT.replace("{\"organ", "{\"more\":1,\"organ"),
    };
    Path file = folder.resolve("foreground.json");
    for (String text : damaged) {
      Files.writeString(file, text);
      refused(file, text);
    }
    Files.write(file, new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}'});
    refused(file, "no UTF-8");
  }

  @Test
  void missingAndHugeFilesAreRefused() throws IOException {
    refused(folder.resolve("none.json"), "none");
    refused(folder, "a folder");
    Path huge = folder.resolve("huge.json");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 40); // a sparse file: it takes no disk
    }
    refused(huge, "huge");
  }

  private static void refused(Path file, String text) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> ForegroundIndex.read(file), text);
    assertTrue(e.problem().contains(file.toString()), e.problem());
    assertFalse(e.remedy().isBlank());
  }

  @Test
  void mustBeOfTheStoresOwnSlices() {
    try (SliceStore store = SmallData.store(folder, "organ", 2)) {
      foreground(Map.of("a", Map.of(5, List.of(0, 255)))).requireFits(store);
      foreground(Map.of("b", Map.of(99, List.of(9_999)))).requireFits(store);
      for (ForegroundIndex other :
          List.of(
              foreground(Map.of("a", Map.of(6, List.of(0)))),
              foreground(Map.of("a", Map.of(0, List.of(0, 256)))))) {
        BadInputException e = assertThrows(BadInputException.class, () -> other.requireFits(store));
        assertTrue(e.problem().contains("of a, which has 6 slices of 16 x 16"), e.problem());
      }
    }
  }
}
