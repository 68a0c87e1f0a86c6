package org.mskd.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.file.Sha256;
import org.mskd.problem.BadInputException;

class ResultCacheTest {
  @TempDir private Path root;

  private Path output() {
    return root.resolve("out");
  }

  private Path folder() {
    return root.resolve("cache");
  }

  private static SortedMap<String, String> inputs(String seed) {
    return new TreeMap<>(Map.of("seed", seed));
  }

  /** A result of one file and a by-product, in the output directory. */
  private StageStamp result(String seed, String content) throws IOException {
    Path model = output().resolve("teachers/liver/model.mskd");
    Files.createDirectories(model.getParent());
    Files.writeString(model, content);
    Files.writeString(model.resolveSibling("timings.json"), "1 s");
    return new StageStamp(
        inputs(seed),
        new TreeMap<>(
            Map.of(
                "teachers/liver/model.mskd",
                new StageStamp.Output(content.length(), Sha256.of(model)))),
        List.of("teachers/liver/timings.json"),
        List.of("a warning"));
  }

  private ResultCache cache(long bytes) {
    CacheFolder.take(folder());
    return ResultCache.in(folder(), bytes);
  }

  private static List<String> add(ResultCache cache, StageStamp stamp, Path output) {
    List<String> notes = new ArrayList<>();
    cache.add("teacher/liver", stamp, output, notes::add);
    return notes;
  }

  @Test
  void aResultIsFoundByItsInputsAndCopied() throws IOException {
    ResultCache cache = cache(1000);
    StageStamp stamp = result("1", "weights");
    assertEquals(List.of(), add(cache, stamp, output()));
    assertTrue(cache.find("teacher/liver", inputs("2")).isEmpty());
    assertTrue(cache.find("teacher/spleen", inputs("1")).isEmpty());
    CacheEntry entry = cache.find("teacher/liver", inputs("1")).orElseThrow();
    Path target = root.resolve("target");
    assertEquals(Optional.of(stamp), entry.copyTo(target));
    assertEquals("weights", Files.readString(target.resolve("teachers/liver/model.mskd")));
    assertEquals("1 s", Files.readString(target.resolve("teachers/liver/timings.json")));
    assertTrue(cache.holds("teacher/liver", stamp));
    // Nothing unfinished is left.
    try (Stream<Path> left = Files.list(folder().resolve(".new"))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void inputsThatAreNotKnownYetMayBeMissing() throws IOException {
    ResultCache cache = cache(1000);
    StageStamp stamp = result("1", "weights");
    SortedMap<String, String> withEngine = new TreeMap<>(stamp.inputs());
    withEngine.put("engine", "oneDNN");
    StageStamp whole =
        new StageStamp(withEngine, stamp.outputs(), stamp.byProducts(), stamp.warnings());
    add(cache, whole, output());
    assertEquals(Optional.of(whole), cache.findKnown("teacher/liver", inputs("1"), 1));
    assertEquals(Optional.empty(), cache.findKnown("teacher/liver", inputs("1"), 0));
    assertEquals(Optional.empty(), cache.findKnown("teacher/liver", inputs("2"), 1));
  }

  @Test
  void damagedEntriesAreNotCopied() throws IOException {
    ResultCache cache = cache(1000);
    add(cache, result("1", "weights"), output());
    CacheEntry entry = cache.find("teacher/liver", inputs("1")).orElseThrow();
    Path file = entry.folder().resolve("teachers/liver/model.mskd");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "wEights"); // of the same length and time
    Files.setLastModifiedTime(file, time);
    assertEquals(Optional.empty(), entry.copyTo(root.resolve("a")));
    Files.writeString(file, "short");
    assertEquals(Optional.empty(), entry.copyTo(root.resolve("b")));
    Files.delete(file);
    assertEquals(Optional.empty(), entry.copyTo(root.resolve("c")));
    Files.createSymbolicLink(file, output().resolve("teachers/liver/model.mskd"));
    assertEquals(Optional.empty(), entry.copyTo(root.resolve("d")), "links are not followed");
    Files.writeString(entry.folder().resolve("stamp.json"), "{");
    assertEquals(Optional.empty(), entry.copyTo(root.resolve("e")));
    cache.remove(entry);
    assertFalse(Files.exists(entry.folder()));
    // The next result takes its place.
    add(cache, result("1", "weights"), output());
    assertTrue(cache.find("teacher/liver", inputs("1")).isPresent());
  }

  @Test
  void theLeastRecentlyUsedGoFirst() throws IOException {
    ResultCache cache = cache(20);
    for (int i = 1; i <= 2; i++) {
      add(cache, result("" + i, "12345678"), output());
      Files.setLastModifiedTime(
          cache.find("teacher/liver", inputs("" + i)).orElseThrow().folder().resolve("stamp.json"),
          FileTime.fromMillis(1000L * i));
    }
    // Used again, so that the second one is now the older one.
    cache.find("teacher/liver", inputs("1")).orElseThrow().copyTo(root.resolve("copy"));
    add(cache, result("3", "12345678"), output());
    assertTrue(cache.find("teacher/liver", inputs("1")).isPresent());
    assertTrue(cache.find("teacher/liver", inputs("2")).isEmpty());
    assertTrue(cache.find("teacher/liver", inputs("3")).isPresent());
    List<String> notes = add(cache, result("4", "x".repeat(21)), output());
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("larger than <cacheSize>"), notes.get(0));
    assertTrue(cache.find("teacher/liver", inputs("3")).isPresent(), "nothing was removed for it");
  }

  @Test
  void severalBuildsMayAddAtOnce() throws Exception {
    ResultCache cache = cache(30);
    StageStamp stamp = result("1", "12345678");
    ExecutorService builds = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<String>>> adds = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        StageStamp own =
            new StageStamp(
                inputs("" + i % 6), stamp.outputs(), stamp.byProducts(), stamp.warnings());
        adds.add(() -> add(cache, own, output()));
      }
      for (Future<List<String>> added : builds.invokeAll(adds)) {
        assertEquals(List.of(), added.get());
      }
    } finally {
      builds.shutdownNow();
    }
    List<CacheEntry> entries = CacheEntries.below(folder());
    assertTrue(entries.size() <= 3, entries.toString());
    for (CacheEntry entry : entries) {
      Path target = Files.createTempDirectory(root, "copy");
      assertTrue(entry.copyTo(target).isPresent());
    }
  }

  @Test
  void withoutACacheNothingHappens() throws IOException {
    assertFalse(ResultCache.NONE.exists());
    assertEquals(List.of(), add(ResultCache.NONE, result("1", "x"), output()));
    assertTrue(ResultCache.NONE.find("teacher/liver", inputs("1")).isEmpty());
    assertTrue(ResultCache.NONE.findKnown("teacher/liver", inputs("1"), 0).isEmpty());
  }

  @Test
  void aFolderOfTheUserIsRefused() throws IOException {
    Files.createDirectories(folder());
    CacheFolder.check(folder());
    Files.writeString(folder().resolve("thesis.txt"), "mine");
    BadInputException e = assertThrows(BadInputException.class, () -> CacheFolder.take(folder()));
    assertTrue(e.problem().contains("is not marked as a cache"), e.problem());
    assertEquals(1, folder().toFile().list().length);
    assertThrows(BadInputException.class, () -> CacheFolder.check(folder().resolve("thesis.txt")));
  }
}
