package org.mskd.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.Subject;
import org.mskd.problem.BadInputException;

class FileDigestsTest {
  private static final FileTime THEN = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;
  private List<Subject> subjects;

  @BeforeEach
  void files() throws IOException {
    Path header = write("a.hdr", "header");
    write("a.img", "voxels");
    subjects = List.of(new Subject("a", header, write("label.nii", "label")));
  }

  private Path write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setLastModifiedTime(file, THEN);
  }

  @Test
  void everyByteOfEveryFileCounts() throws IOException {
    SortedMap<String, String> before = all(new FileDigests(), subjects);
    for (String name : List.of("a.hdr", "a.img", "label.nii")) {
      String old = Files.readString(folder.resolve(name));
      write(name, old.toUpperCase(java.util.Locale.ROOT));
      assertNotEquals(before, all(new FileDigests(), subjects), name);
      write(name, old);
    }
    assertEquals(before, all(new FileDigests(), subjects));
    assertNotEquals(before, all(new FileDigests(), List.of()));
  }

  @Test
  void aFileIsReadOnceWhileItsLengthAndTimeStay() throws IOException {
    FileDigests digests = new FileDigests();
    SortedMap<String, String> before = all(digests, subjects);
    write("a.img", "VOXELS"); // only reading it again shows the change
    assertEquals(before, all(digests, subjects));
    Files.setLastModifiedTime(folder.resolve("a.img"), FileTime.fromMillis(0));
    assertNotEquals(before, all(digests, subjects), "another time");
    write("a.img", "longer voxels");
    assertNotEquals(before, all(digests, subjects), "another length");
  }

  @Test
  void theNextRunReadsOnlyChangedFilesUnlessRereadIsSet() throws IOException {
    Path output = Files.createDirectory(folder.resolve("output"));
    FileDigests first = FileDigests.in(output, false);
    SortedMap<String, String> before = all(first, subjects);
    first.save(output);
    write("a.img", "VOXELS"); // only reading it again shows the change
    assertEquals(before, all(FileDigests.in(output, false), subjects));
    SortedMap<String, String> after = all(FileDigests.in(output, true), subjects);
    assertNotEquals(before, after);
    Files.setLastModifiedTime(folder.resolve("a.img"), FileTime.fromMillis(1_000_000));
    assertEquals(after, all(FileDigests.in(output, false), subjects), "another time");
  }

  @Test
  void aDamagedIndexIsIgnored() throws IOException {
    Path output = Files.createDirectory(folder.resolve("output"));
    FileDigests first = FileDigests.in(output, false);
    SortedMap<String, String> before = all(first, subjects);
    first.save(output);
    String whole = Files.readString(DigestIndex.fileIn(output));
    write("a.img", "VOXELS");
    for (String damaged :
        List.of(
            "",
            "{}",
            "[]",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"schema\":1", "\"schema\":2"),
            whole.replace("\"sha256\"", "\"sha257\""))) {
      assertNotEquals(whole, damaged);
      Files.writeString(DigestIndex.fileIn(output), damaged);
      assertNotEquals(before, all(FileDigests.in(output, false), subjects), damaged);
    }
    Files.writeString(DigestIndex.fileIn(output), whole);
    assertEquals(before, all(FileDigests.in(output, false), subjects));
  }

  @Test
  void theDigestOfAFileJustWrittenIsNotSaved() throws IOException {
    Path file = Files.writeString(folder.resolve("new"), "one");
    FileTime soon = FileTime.from(Instant.now().plusSeconds(60));
    Files.setLastModifiedTime(file, soon);
    FileDigests digests = new FileDigests();
    String one = digests.of(file);
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, soon);
    assertNotEquals(one, digests.of(file), "the clock had not moved on");
  }

  @Test
  void missingFilesAreRemovedFromTheIndex() throws IOException {
    Path output = Files.createDirectory(folder.resolve("output"));
    FileDigests first = FileDigests.in(output, false);
    all(first, subjects);
    Files.delete(folder.resolve("label.nii"));
    first.save(output);
    String index = Files.readString(DigestIndex.fileIn(output));
    assertTrue(index.contains("a.img"), index);
    assertFalse(index.contains("label.nii"), index);
  }

  @Test
  void aMissingFileOfAPairIsNamed() throws IOException {
    Files.delete(folder.resolve("a.img"));
    BadInputException e =
        assertThrows(BadInputException.class, () -> all(new FileDigests(), subjects));
    assertEquals(folder.resolve("a.hdr") + " has no voxels: a.img is missing.", e.problem());
  }

  private static SortedMap<String, String> all(FileDigests digests, List<Subject> subjects) {
    SortedMap<String, String> inputs = new TreeMap<>();
    digests.put(inputs, subjects);
    return inputs;
  }
}
