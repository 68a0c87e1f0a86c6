package org.mskd.dataset.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Phantoms;
import org.mskd.file.Sha256;
import org.mskd.problem.BadInputException;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.Volume;

class PhantomMakerTest {
  private static final PhantomMaker.Progress QUIET = (id, done, total) -> {};

  @TempDir private Path temp;

  private static Phantoms phantoms(Path directory, long seed, int subjects) {
    return new Phantoms(directory, List.of("pancreas", "liver"), subjects, 1, 32, 8, seed);
  }

  private static Map<String, byte[]> bytes(Path directory) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        bytes.put(
            directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, content) -> assertArrayEquals(content, actual.get(name), name));
  }

  @Test
  void hasTheDecathlonLayoutAndReportsEachSubject() throws IOException {
    List<String> progress = new ArrayList<>();
    assertTrue(
        PhantomMaker.make(
            phantoms(temp.resolve("a"), 1, 2),
            (id, done, total) -> progress.add(id + " " + done + "/" + total)));
    assertEquals(
        List.of(
            "pancreas-001 1/5",
            "pancreas-002 2/5",
            "liver-001 3/5",
            "liver-002 4/5",
            "test-001 5/5"),
        progress);
    assertEquals(
        Set.of(
            ".phantoms.lock",
            "phantoms.json",
            "pancreas/imagesTr/pancreas-001.nii.gz",
            "pancreas/labelsTr/pancreas-001.nii.gz",
            "pancreas/imagesTr/pancreas-002.nii.gz",
            "pancreas/labelsTr/pancreas-002.nii.gz",
            "liver/imagesTr/liver-001.nii.gz",
            "liver/labelsTr/liver-001.nii.gz",
            "liver/imagesTr/liver-002.nii.gz",
            "liver/labelsTr/liver-002.nii.gz",
            "multi-organ-train/labelsTr/pancreas-001.nii.gz",
            "multi-organ-train/labelsTr/pancreas-002.nii.gz",
            "multi-organ-train/labelsTr/liver-001.nii.gz",
            "multi-organ-train/labelsTr/liver-002.nii.gz",
            "multi-organ-test/imagesTs/test-001.nii.gz",
            "multi-organ-test/labelsTs/test-001.nii.gz"),
        bytes(temp.resolve("a")).keySet());
  }

  @Test
  void theStampRecordsThePhantoms() throws IOException {
    PhantomMaker.make(phantoms(temp, 1, 2), QUIET);
    String stamp = Files.readString(temp.resolve("phantoms.json"));
    assertTrue(stamp.startsWith("{\"drawing\":1,\"files\":{"), stamp);
    assertTrue(
        stamp
            .strip()
            .endsWith(
                "},\"organs\":[\"pancreas\",\"liver\"],\"seed\":1,\"size\":32,\"slices\":8,"
                    + "\"subjects\":2,\"testSubjects\":1}"),
        stamp);
    Path image = temp.resolve("liver/imagesTr/liver-002.nii.gz");
    String file =
        "\"liver/imagesTr/liver-002.nii.gz\":{\"bytes\":"
            + Files.size(image)
            + ",\"sha256\":\""
            + Sha256.of(image)
            + "\"}";
    assertTrue(stamp.contains(file), stamp);
  }

  @Test
  void labelsFollowTheDeclaredOrganOrder() {
    PhantomMaker.make(phantoms(temp, 1, 1), QUIET);
    assertEquals(Set.of(0f, 1f), values(temp.resolve("liver/labelsTr/liver-001.nii.gz")));
    assertEquals(Set.of(0f, 1f), values(temp.resolve("pancreas/labelsTr/pancreas-001.nii.gz")));
    Path test = temp.resolve("multi-organ-test/labelsTs/test-001.nii.gz");
    assertEquals(Set.of(0f, 1f, 2f), values(test));
    int[] counts = new int[3];
    for (float value : NiftiReader.read(test).voxels()) {
      counts[(int) value]++;
    }
    assertTrue(counts[2] > 4 * counts[1], "1 is the pancreas, 2 the liver");
  }

  private static Set<Float> values(Path file) {
    Set<Float> values = new HashSet<>();
    for (float value : NiftiReader.read(file).voxels()) {
      values.add(value);
    }
    return values;
  }

  @Test
  void imageAndLabelShareTheirGrid() {
    PhantomMaker.make(phantoms(temp, 5, 1), QUIET);
    Volume image = NiftiReader.read(temp.resolve("liver/imagesTr/liver-001.nii.gz"));
    Volume label = NiftiReader.read(temp.resolve("liver/labelsTr/liver-001.nii.gz"));
    assertTrue(image.grid().matches(label.grid(), 1e-6));
    double inside = 0;
    int count = 0;
    for (int i = 0; i < image.voxels().length; i++) {
      float hu = image.voxels()[i];
      assertTrue(hu == Math.rint(hu) && hu >= -1024 && hu <= 3071);
      if (label.voxels()[i] == 1) {
        inside += hu;
        count++;
      }
    }
    // A liver's mean, less some partial volume at 11 x 22 mm voxels: not fat, not air, not bone.
    assertEquals(105, inside / count, 45);
  }

  @Test
  void equalParametersGiveEqualBytesWhereverTheyAre() throws IOException {
    PhantomMaker.make(phantoms(temp.resolve("a"), 1, 1), QUIET);
    PhantomMaker.make(phantoms(temp.resolve("b"), 1, 1), QUIET);
    assertSame(bytes(temp.resolve("a")), bytes(temp.resolve("b")));
    PhantomMaker.make(phantoms(temp.resolve("c"), 1, 2), QUIET);
    String first = "liver/imagesTr/liver-001.nii.gz";
    byte[] one = bytes(temp.resolve("a")).get(first);
    assertArrayEquals(one, bytes(temp.resolve("c")).get(first), "more subjects change none");
    PhantomMaker.make(phantoms(temp.resolve("d"), 2, 1), QUIET);
    assertFalse(Arrays.equals(one, bytes(temp.resolve("d")).get(first)), "another seed does");
  }

  @Test
  void doesNothingWhereTheyAreAlready() throws IOException {
    PhantomMaker.make(phantoms(temp, 1, 1), QUIET);
    assertFalse(
        PhantomMaker.make(
            phantoms(temp, 1, 1),
            (id, done, total) -> {
              throw new AssertionError(id + " was drawn again");
            }));
  }

  @Test
  void damagedPhantomsAreDrawnAgain() throws IOException {
    PhantomMaker.make(phantoms(temp, 1, 1), QUIET);
    var whole = bytes(temp);
    Path image = temp.resolve("liver/imagesTr/liver-001.nii.gz");
    byte[] turned = Files.readAllBytes(image);
    turned[turned.length / 2] ^= 1;
    Files.write(image, turned);
    assertTrue(PhantomMaker.make(phantoms(temp, 1, 1), QUIET), "of the same length");
    assertSame(whole, bytes(temp));
    Files.write(image, Arrays.copyOf(turned, 100));
    assertTrue(PhantomMaker.make(phantoms(temp, 1, 1), QUIET), "cut off");
    assertSame(whole, bytes(temp));
    Files.delete(image);
    assertTrue(PhantomMaker.make(phantoms(temp, 1, 1), QUIET), "missing");
    assertSame(whole, bytes(temp));
  }

  @Test
  void aStampWithoutDigestsProvesNoPhantomsIntact() throws IOException {
    PhantomMaker.make(phantoms(temp, 1, 1), QUIET);
    var whole = bytes(temp);
    Files.writeString(
        temp.resolve("phantoms.json"),
        "{\"drawing\":1,\"organs\":[\"pancreas\",\"liver\"],\"seed\":1,\"size\":32,\"slices\":8,"
            + "\"subjects\":1,\"testSubjects\":1}");
    assertTrue(PhantomMaker.make(phantoms(temp, 1, 1), QUIET));
    assertSame(whole, bytes(temp));
  }

  @Test
  void replacesPhantomsOfOtherParameters() throws IOException {
    PhantomMaker.make(phantoms(temp.resolve("a"), 1, 2), QUIET);
    assertTrue(PhantomMaker.make(phantoms(temp.resolve("a"), 2, 1), QUIET));
    PhantomMaker.make(phantoms(temp.resolve("b"), 2, 1), QUIET);
    assertSame(bytes(temp.resolve("b")), bytes(temp.resolve("a")));
  }

  @Test
  void anInterruptedRunIsCompleted() throws IOException {
    Phantoms cut = phantoms(temp.resolve("a"), 1, 2);
    assertThrows(
        IllegalStateException.class,
        () ->
            PhantomMaker.make(
                cut,
                (id, done, total) -> {
                  throw new IllegalStateException("cancelled");
                }));
    assertFalse(Files.exists(temp.resolve("a/phantoms.json")), "no stamp before the end");
    assertTrue(Files.exists(temp.resolve("a/.drawing/pancreas/imagesTr/pancreas-001.nii.gz")));
    Files.writeString(
        temp.resolve("a/.drawing/pancreas/imagesTr/.pancreas-002.nii.gz.0123456789abcdef.part"),
        "half");
    assertTrue(PhantomMaker.make(phantoms(temp.resolve("a"), 2, 1), QUIET));
    PhantomMaker.make(phantoms(temp.resolve("b"), 2, 1), QUIET);
    assertSame(bytes(temp.resolve("b")), bytes(temp.resolve("a")));
  }

  @Test
  void neverTouchesWhatItDidNotWrite() throws IOException {
    for (String own : List.of("notes.txt", "liver/imagesTr/patient.nii.gz", "phantoms.json")) {
      Path folder = temp.resolve("own-" + own.replace('/', '-'));
      Files.createDirectories(folder.resolve(own).getParent());
      Files.writeString(folder.resolve(own), "{\"mine\":true}");
      var before = bytes(folder);
      BadInputException refused =
          assertThrows(
              BadInputException.class, () -> PhantomMaker.make(phantoms(folder, 1, 1), QUIET));
      assertTrue(refused.getMessage().contains("<phantomDirectory>"), refused.getMessage());
      assertSame(before, bytes(folder));
    }
  }

  @Test
  void aUsersFileAmongPhantomsStopsTheirReplacement() throws IOException {
    PhantomMaker.make(phantoms(temp, 1, 1), QUIET);
    Files.writeString(temp.resolve("liver/imagesTr/patient.nii.gz"), "mine");
    var before = bytes(temp);
    BadInputException refused =
        assertThrows(BadInputException.class, () -> PhantomMaker.make(phantoms(temp, 2, 1), QUIET));
    assertTrue(refused.getMessage().contains("patient.nii.gz"), refused.getMessage());
    assertSame(before, bytes(temp));
  }

  @Test
  void refusesAFileForAFolderAndAStampThatLeadsOut() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertThrows(BadInputException.class, () -> PhantomMaker.make(phantoms(file, 1, 1), QUIET));
    Path folder = Files.createDirectories(temp.resolve("folder"));
    Files.writeString(
        folder.resolve("phantoms.json"),
        "{\"drawing\":1,\"organs\":[\"../../liver\"],\"seed\":1,\"size\":32,\"slices\":8,"
            + "\"subjects\":1,\"testSubjects\":1}");
    assertThrows(BadInputException.class, () -> PhantomMaker.make(phantoms(folder, 1, 1), QUIET));
  }
}
