package org.mskd.dataset.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mskd.dataset.phantom.Drawn.QUIET;
import static org.mskd.dataset.phantom.Drawn.phantoms;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Phantoms;
import org.mskd.problem.BadInputException;

/** Replacements that are interrupted between any two changes, and what they never touch. */
class PhantomReplacementTest {
  @TempDir private Path temp;
  private Path folder;
  private Drawn drawn;

  @BeforeEach
  void folders() {
    folder = temp.resolve("phantoms");
    drawn = new Drawn(temp.resolve("fresh"));
  }

  private Phantoms first() {
    return phantoms(folder, 1, 2, "pancreas", "liver");
  }

  private List<Phantoms> others() {
    return List.of(
        phantoms(folder, 2, 2, "pancreas", "liver"), // all files of other bytes
        phantoms(folder, 1, 3, "pancreas", "liver"), // more, and the same bytes of those before
        phantoms(folder, 1, 1, "liver"), // fewer
        phantoms(folder, 3, 1, "spleen")); // other folders
  }

  private void put(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Map<String, byte[]> copy(Map<String, byte[]> files, String... names) {
    Map<String, byte[]> some = new TreeMap<>();
    for (String name : names) {
      some.put(name, files.get(name));
    }
    return some;
  }

  @Test
  void aKillBetweenAnyTwoChangesLosesNoFinishedPhantoms() throws IOException {
    String[] ofSystems = {
      ".DS_Store", "liver/imagesTr/.DS_Store", "liver/Thumbs.db", "pancreas/labelsTr/Desktop.ini"
    };
    int kills = 0;
    for (Phantoms other : others()) {
      for (int changes = 0; ; changes++) {
        PhantomMaker.make(first(), QUIET);
        for (String name : ofSystems) {
          put(name, name);
        }
        Map<String, byte[]> kept = copy(Drawn.files(folder), ofSystems);
        KilledChanges killed = new KilledChanges(changes);
        try {
          PhantomMaker.make(other, QUIET, killed);
        } catch (KilledChanges.Killed e) {
          kills++;
        }
        String when = other + " killed before change " + changes;
        assertTrue(
            drawn.isSomewhere(first(), folder) || drawn.isSomewhere(other, folder),
            () -> when + " lost both: " + Drawn.files(folder).keySet());
        // The next run may declare any phantoms.
        Phantoms next = List.of(other, first(), phantoms(folder, 9, 1, "kidney")).get(changes % 3);
        PhantomMaker.make(next, QUIET);
        assertEquals("", drawn.difference(next, kept, folder), when + ", then " + next);
        if (!killed.isKilled()) {
          break;
        }
      }
    }
    assertTrue(kills > 60, kills + " kills");
  }

  @Test
  void aKillWhileDrawingLeavesTheOthersAsTheyWere() {
    PhantomMaker.make(first(), QUIET);
    Phantoms other = others().get(0);
    Map<String, byte[]> before = Drawn.files(folder);
    for (int subject = 1; subject <= 5; subject++) {
      int last = subject;
      assertThrows(
          KilledChanges.Killed.class,
          () ->
              PhantomMaker.make(
                  other,
                  (id, done, total) -> {
                    if (done == last) {
                      throw new KilledChanges.Killed();
                    }
                  }));
      Map<String, byte[]> after = Drawn.files(folder);
      after.keySet().removeIf(name -> name.startsWith(".drawing/"));
      assertEquals(before.keySet(), after.keySet());
      assertTrue(drawn.isSomewhere(first(), folder));
    }
    assertFalse(PhantomMaker.make(first(), QUIET), "they are still there");
    assertEquals("", drawn.difference(first(), Map.of(), folder));
  }

  /** Random kills, also of runs that complete others, random damage, and files of others. */
  @Test
  void randomInterruptionsNeverLoseOrMixPhantoms() throws IOException {
    long seed = Long.getLong("mskd.test.seed", System.nanoTime());
    System.out.println("PhantomReplacementTest: -Dmskd.test.seed=" + seed);
    Random random = new Random(seed);
    List<Phantoms> all = new ArrayList<>(others());
    all.add(first());
    Map<String, byte[]> kept = new HashMap<>();
    Phantoms whole = null;
    List<Phantoms> drawing = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String step = "seed " + seed + ", step " + i;
      Phantoms declared = all.get(random.nextInt(all.size()));
      if (random.nextInt(6) == 0) {
        String name = List.of(".DS_Store", "liver/Thumbs.db").get(random.nextInt(2));
        put(name, step);
        kept.put(name, step.getBytes(StandardCharsets.UTF_8));
      }
      if (random.nextInt(8) == 0 && Files.exists(folder)) {
        Map<String, byte[]> before = Drawn.files(folder);
        before.keySet().removeIf(name -> name.startsWith("."));
        if (!before.isEmpty()) {
          String name = List.copyOf(before.keySet()).get(random.nextInt(before.size()));
          if (name.endsWith(".nii.gz")) {
            put(name, "damaged");
            whole = null;
            drawing.clear();
          }
        }
      }
      KilledChanges killed = new KilledChanges(random.nextInt(60));
      boolean ended = false;
      try {
        PhantomMaker.make(declared, QUIET, killed);
        ended = true;
      } catch (KilledChanges.Killed e) {
        // As it was meant.
      }
      if (ended) {
        assertEquals("", drawn.difference(declared, kept, folder), step);
        whole = declared;
        drawing.clear();
      } else if (whole != null) {
        // Whatever was whole is, or what was declared since replaces it: also an earlier one, whose
        // replacement a run completes before it begins its own.
        List<Phantoms> may = new ArrayList<>(List.of(whole, declared));
        may.addAll(drawing);
        assertTrue(may.stream().anyMatch(p -> drawn.isSomewhere(p, folder)), step);
        drawing.add(declared);
        whole = may.stream().filter(p -> drawn.isSomewhere(p, folder)).findFirst().get();
      }
      Map<String, byte[]> found = Drawn.files(folder);
      kept.forEach((name, text) -> assertEquals(0, Arrays.compare(text, found.get(name))));
    }
    PhantomMaker.make(first(), QUIET);
    assertEquals("", drawn.difference(first(), kept, folder), "seed " + seed);
  }

  @Test
  void aFileAddedMeanwhileStopsTheReplacement() throws IOException {
    PhantomMaker.make(first(), QUIET);
    // The path is one of the phantoms to come.
    Phantoms more = others().get(1);
    String mine = "liver/imagesTr/liver-003.nii.gz";
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () ->
                PhantomMaker.make(
                    more,
                    (id, done, total) -> {
                      try {
                        put(mine, "mine");
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
    assertTrue(refused.problem().contains("liver-003.nii.gz"), refused.problem());
    assertTrue(drawn.isSomewhere(first(), folder));
    assertEquals("mine", Files.readString(folder.resolve(mine)));
    Files.delete(folder.resolve(mine));
    assertTrue(PhantomMaker.make(more, QUIET));
    assertEquals("", drawn.difference(more, Map.of(), folder));
  }

  @Test
  void aReplacementIsNotCompletedOverAUsersFile() throws IOException {
    PhantomMaker.make(first(), QUIET);
    Phantoms more = others().get(1);
    String mine = "liver/imagesTr/liver-003.nii.gz";
    assertThrows(
        KilledChanges.Killed.class, () -> PhantomMaker.make(more, QUIET, new KilledChanges(4)));
    assertTrue(Files.exists(folder.resolve(".drawing/phantoms.json")), "it is committed");
    assertTrue(Files.exists(folder.resolve(".drawing").resolve(mine)), "it is not moved yet");
    put(mine, "mine");
    Map<String, byte[]> before = Drawn.files(folder);
    assertThrows(BadInputException.class, () -> PhantomMaker.make(more, QUIET));
    assertEquals(before.keySet(), Drawn.files(folder).keySet());
    assertEquals("mine", Files.readString(folder.resolve(mine)));
    Files.delete(folder.resolve(mine));
    assertFalse(PhantomMaker.make(more, QUIET), "nothing is drawn again");
    assertEquals("", drawn.difference(more, Map.of(), folder));
  }

  @Test
  void aDamagedReplacementIsDrawnAgain() throws IOException {
    for (int changes = 2; changes < 12; changes++) {
      PhantomMaker.make(first(), QUIET);
      Phantoms more = others().get(1);
      int kill = changes;
      assertThrows(
          KilledChanges.Killed.class,
          () -> PhantomMaker.make(more, QUIET, new KilledChanges(kill)));
      Files.deleteIfExists(folder.resolve(".drawing/multi-organ-test/imagesTs/test-001.nii.gz"));
      assertTrue(PhantomMaker.make(others().get(2), QUIET));
      assertEquals("", drawn.difference(others().get(2), Map.of(), folder));
    }
  }

  @Test
  void filesOfOperatingSystemsNeitherStopItNorAreRemoved() throws IOException {
    put(".DS_Store", "a");
    put("mine/desktop.ini", "b");
    Map<String, byte[]> kept = Drawn.files(folder);
    assertTrue(PhantomMaker.make(first(), QUIET));
    assertEquals("", drawn.difference(first(), kept, folder));
    put("liver/imagesTr/Thumbs.db", "c");
    kept = copy(Drawn.files(folder), ".DS_Store", "mine/desktop.ini", "liver/imagesTr/Thumbs.db");
    for (Phantoms other : others()) {
      assertTrue(PhantomMaker.make(other, QUIET));
      assertEquals("", drawn.difference(other, kept, folder));
    }
  }

  @Test
  void anEmptyFolderOfTheUserIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("mine"));
    assertThrows(BadInputException.class, () -> PhantomMaker.make(first(), QUIET));
    assertTrue(Files.isDirectory(folder.resolve("mine")));
  }

  @Test
  void aDrawingFolderOfTheUserIsRefused(@TempDir Path elsewhere) throws IOException {
    put(".drawing/sketch.png", "mine");
    assertThrows(BadInputException.class, () -> PhantomMaker.make(first(), QUIET));
    assertEquals("mine", Files.readString(folder.resolve(".drawing/sketch.png")));

    Files.delete(folder.resolve(".drawing/sketch.png"));
    Files.delete(folder.resolve(".drawing"));
    put(".drawing", "a file");
    assertThrows(BadInputException.class, () -> PhantomMaker.make(first(), QUIET));
    assertEquals("a file", Files.readString(folder.resolve(".drawing")));

    Files.delete(folder.resolve(".drawing"));
    Files.createSymbolicLink(folder.resolve(".drawing"), elsewhere);
    assertThrows(BadInputException.class, () -> PhantomMaker.make(first(), QUIET));
    assertEquals(Map.of(), Drawn.files(elsewhere));
  }

  @Test
  void nothingBehindALinkIsDeletedOrReplaced(@TempDir Path elsewhere) throws IOException {
    PhantomMaker.make(first(), QUIET);
    Path moved = elsewhere.resolve("liver");
    Files.move(folder.resolve("liver"), moved);
    Files.createSymbolicLink(folder.resolve("liver"), moved);
    Map<String, byte[]> before = Drawn.files(elsewhere);
    assertFalse(PhantomMaker.make(first(), QUIET), "they are all there");
    for (Phantoms other : others()) {
      assertThrows(BadInputException.class, () -> PhantomMaker.make(other, QUIET));
    }
    Path image = folder.resolve("liver/imagesTr/liver-001.nii.gz");
    PhantomChanges changes = new PhantomChanges();
    changes.delete(folder, image);
    Files.createDirectories(moved.resolve("empty"));
    changes.deleteEmpty(folder, folder.resolve("liver/empty"));
    assertTrue(Files.exists(moved.resolve("empty")));
    Path test = folder.resolve("multi-organ-test/imagesTs/test-001.nii.gz");
    assertThrows(IOException.class, () -> changes.move(folder, test, image));
    assertThrows(
        IOException.class,
        () -> changes.move(folder, test, folder.resolve("liver/other/a.nii.gz")));
    assertFalse(Files.exists(moved.resolve("other")));
    assertEquals(before.keySet(), Drawn.files(elsewhere).keySet());
    assertTrue(Files.exists(test));
  }

  @Test
  void theFolderItselfMayBeALink(@TempDir Path elsewhere) throws IOException {
    Files.createSymbolicLink(folder, elsewhere);
    for (Phantoms some : List.of(first(), others().get(3))) {
      assertTrue(PhantomMaker.make(some, QUIET));
      assertEquals("", drawn.difference(some, Map.of(), elsewhere));
    }
    Files.writeString(elsewhere.resolve("mine.txt"), "mine");
    assertThrows(BadInputException.class, () -> PhantomMaker.make(first(), QUIET));
    assertEquals("mine", Files.readString(elsewhere.resolve("mine.txt")));
  }

  /** It drew in place, after a marker, and named temporary files otherwise. */
  @Test
  void anUnfinishedFolderOfAnEarlierVersionIsReplaced() throws IOException {
    PhantomMaker.make(first(), QUIET);
    Files.move(folder.resolve("phantoms.json"), folder.resolve("phantoms-unfinished.json"));
    Files.delete(folder.resolve("liver/labelsTr/liver-002.nii.gz"));
    put("liver/labelsTr/liver-002.nii.gz.part", "half");
    put("phantoms.json.part", "{");
    Phantoms other = others().get(3);
    assertTrue(PhantomMaker.make(other, QUIET));
    assertEquals("", drawn.difference(other, Map.of(), folder));

    put("liver-001.nii.gz.part", "mine: no such phantom");
    assertThrows(BadInputException.class, () -> PhantomMaker.make(first(), QUIET));
    assertEquals(
        "", drawn.difference(other, copy(Drawn.files(folder), "liver-001.nii.gz.part"), folder));
  }

  @Test
  void leftoversOfAWholeFolderAreRemoved() throws IOException {
    PhantomMaker.make(first(), QUIET);
    put(".phantoms.json.0123456789abcdef.part", "half");
    put("liver/imagesTr/.liver-001.nii.gz.fedcba9876543210.part", "half");
    Files.copy(folder.resolve("phantoms.json"), folder.resolve("phantoms-unfinished.json"));
    Files.createDirectories(folder.resolve(".drawing"));
    assertFalse(PhantomMaker.make(first(), QUIET));
    assertEquals("", drawn.difference(first(), Map.of(), folder));
    assertFalse(Files.exists(folder.resolve(".drawing")));
  }
}
