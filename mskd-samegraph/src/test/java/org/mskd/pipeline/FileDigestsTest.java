package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
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
    String before = new FileDigests().of(subjects);
    for (String name : List.of("a.hdr", "a.img", "label.nii")) {
      String old = Files.readString(folder.resolve(name));
      write(name, old.toUpperCase(java.util.Locale.ROOT));
      assertNotEquals(before, new FileDigests().of(subjects), name);
      write(name, old);
    }
    assertEquals(before, new FileDigests().of(subjects));
    assertNotEquals(before, new FileDigests().of(List.of()));
  }

  @Test
  void aFileIsReadOnceWhileItsLengthAndTimeStay() throws IOException {
    FileDigests digests = new FileDigests();
    String before = digests.of(subjects);
    write("a.img", "VOXELS"); // only a second reading could tell
    assertEquals(before, digests.of(subjects));
    Files.setLastModifiedTime(folder.resolve("a.img"), FileTime.fromMillis(0));
    assertNotEquals(before, digests.of(subjects), "another time");
    write("a.img", "longer voxels");
    assertNotEquals(before, digests.of(subjects), "another length");
  }

  @Test
  void aMissingFileOfAPairIsNamed() throws IOException {
    Files.delete(folder.resolve("a.img"));
    BadInputException e =
        assertThrows(BadInputException.class, () -> new FileDigests().of(subjects));
    assertEquals(folder.resolve("a.hdr") + " has no voxels: a.img is not beside it.", e.problem());
  }
}
