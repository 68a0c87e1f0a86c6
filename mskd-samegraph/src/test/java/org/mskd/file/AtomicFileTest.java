package org.mskd.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class AtomicFileTest {
  @TempDir Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void theTemporaryFileHasAnotherRandomNameEachTime() throws IOException {
    Set<String> names = new HashSet<>();
    Path target = folder.resolve("a.json");
    for (int i = 0; i < 20; i++) {
      AtomicFile.write(
          target,
          out -> {
            for (Path file : files()) {
              names.add(file.getFileName().toString());
            }
          });
    }
    names.remove("a.json");
    assertEquals(20, names.size(), names::toString);
    for (String name : names) {
      assertTrue(name.matches("\\.a\\.json\\.[0-9a-f]{16}\\.part"), name);
    }
    assertEquals(List.of(target), files());
  }

  @Test
  void theTemporaryFileIsTheOwnersOnlyWhileItIsWritten() throws IOException {
    AtomicFile.write(
        folder.resolve("a"), out -> assertEquals("rw-------", permissions(files().get(0))));
    try (TemporaryFile file = TemporaryFile.of(folder.resolve("b"))) {
      assertEquals("rw-------", permissions(files().get(0)));
      file.commit();
    }
  }

  @Test
  void aPrivateFileStaysTheOwnersOnly() throws IOException {
    Path file = folder.resolve("request.json");
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    AtomicFile.writePrivate(file, out -> out.write('x'));
    assertEquals("rw-------", permissions(file));
    assertEquals("x", Files.readString(file));
  }

  /** The names that earlier versions used, and those of any number of guesses. */
  @Test
  void linksAtNamesThatCanBeGuessedLeadNowhere() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path precious = Files.writeString(elsewhere.resolve("precious"), "kept");
    Path missing = elsewhere.resolve("missing");
    Path target = folder.resolve("a.json");
    Path guessed = folder.resolve("a.json.part");
    Files.createSymbolicLink(guessed, precious);
    Files.createSymbolicLink(folder.resolve(".a.json.part"), missing);
    Files.createSymbolicLink(folder.resolve(".a.json.0000000000000000.part"), precious);
    AtomicFile.writeText(target, "new");
    AtomicFile.writePrivate(target, out -> out.write("newer".getBytes(StandardCharsets.UTF_8)));
    assertEquals("newer", Files.readString(target));
    assertTrue(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS));
    assertEquals("kept", Files.readString(precious));
    assertFalse(Files.exists(missing));
    assertTrue(Files.isSymbolicLink(guessed), "not written by this class: stays");
  }

  @Test
  void aTargetThatIsALinkIsReplacedAndNotFollowed(@TempDir Path elsewhere) throws IOException {
    Path precious = Files.writeString(elsewhere.resolve("precious"), "kept");
    Files.setPosixFilePermissions(precious, PosixFilePermissions.fromString("rwx------"));
    Path target = Files.createSymbolicLink(folder.resolve("a.json"), precious);
    AtomicFile.writeText(target, "new");
    assertTrue(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS));
    assertEquals("new", Files.readString(target));
    assertEquals("kept", Files.readString(precious));
    assertEquals("rwx------", permissions(precious));
  }

  @Test
  void aFailedWriteLeavesTheTargetAndNothingElse() throws IOException {
    Path target = Files.writeString(folder.resolve("a.json"), "old");
    BadInputException failed =
        assertThrows(
            BadInputException.class,
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(new byte[1 << 17]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(target + " could not be written: No space left on device.", failed.problem());
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                target,
                out -> {
                  throw new IllegalStateException("cancelled");
                }));
    try (TemporaryFile file = TemporaryFile.of(target)) {
      assertEquals(2, files().size());
      assertTrue(file.channel().isOpen());
    }
    assertEquals(List.of(target), files());
    assertEquals("old", Files.readString(target));
  }

  @Test
  void aFullDiskLeavesNothing() throws IOException {
    Path target = folder.resolve("a.json");
    try (FileSizeLimit limit = new FileSizeLimit(1 << 20)) {
      BadInputException failed =
          assertThrows(
              BadInputException.class,
              () -> AtomicFile.write(target, out -> out.write(new byte[(1 << 20) + 1])));
      assertTrue(failed.problem().startsWith(target + " could not be written: "), "" + failed);
    }
    assertEquals(List.of(), files());
  }

  @Test
  void leftoversAreRecognisedByTheirNames() throws IOException {
    Path left = Files.createFile(folder.resolve(".a.json.0123456789abcdef.part"));
    assertEquals(Optional.of(folder.resolve("a.json")), AtomicFile.targetOf(left));
    for (String other :
        List.of(
            "a.json",
            "a.json.part",
            "a.json.0123456789abcdef.part",
            ".a.json.0123456789ABCDEF.part",
            ".a.json.0123456789abcde.part",
            ".a.json.0123456789abcdef.part2",
            "..0123456789abcdef.part")) {
      assertFalse(AtomicFile.isTemporary(Files.createFile(folder.resolve(other))), other);
    }
    Path link = folder.resolve(".b.0123456789abcdef.part");
    Files.createSymbolicLink(link, folder.resolve("a.json"));
    Path deep = Files.createDirectories(folder.resolve(".c.0123456789abcdef.part"));
    AtomicFile.removeTemporaries(folder);
    assertFalse(Files.exists(left));
    assertEquals(9, files().size(), "all others stay, links and folders too: " + files());
    assertTrue(Files.isSymbolicLink(link) && Files.isDirectory(deep));
    AtomicFile.removeTemporaries(folder.resolve("missing"));
  }

  /** 255 bytes is the most a name can have, whatever its characters take. */
  @Test
  void theLongestNamesCanBeWritten() throws IOException {
    for (String name :
        List.of("x".repeat(255), "é".repeat(127), "𝄞".repeat(63), "x".repeat(232))) {
      String temporary = TemporaryName.inFolderOf(folder.resolve(name)).getFileName().toString();
      int bytes = temporary.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 255 && bytes > 251, name + ": " + bytes);
      assertTrue(AtomicFile.isTemporary(Path.of(temporary)), temporary);
      assertFalse(temporary.contains("?") || temporary.contains("\ufffd"), temporary);
    }
    Path file = folder.resolve("x".repeat(255));
    AtomicFile.writeText(file, "long");
    assertEquals("long", Files.readString(file));
    assertEquals(
        Optional.of(Path.of("x".repeat(232))),
        AtomicFile.targetOf(TemporaryName.inFolderOf(Path.of("x".repeat(232)))));
  }

  /** A zip has neither POSIX permissions nor links. */
  @Test
  void aFileSystemWithoutPermissionsIsWrittenTo() throws IOException {
    URI zip = URI.create("jar:" + folder.resolve("a.zip").toUri());
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path root = files.getPath("/");
      assertFalse(FilePermissions.isPosix(root));
      AtomicFile.writeText(root.resolve("deep/result"), "result");
      AtomicFile.writePrivate(root.resolve("deep/private"), out -> out.write('p'));
      assertEquals("result", Files.readString(root.resolve("deep/result")));
      assertEquals("p", Files.readString(root.resolve("deep/private")));
      try (Stream<Path> below = Files.list(root.resolve("deep"))) {
        assertEquals(2, below.count());
      }
    }
  }

  /** Random writes, failures and links: the folder holds what a map holds, and nothing else. */
  @Test
  void randomWritesLeaveWhatWasWrittenAndNothingElse(@TempDir Path elsewhere) throws IOException {
    long seed = Long.getLong("mskd.test.seed", System.nanoTime());
    System.out.println("AtomicFileTest: -Dmskd.test.seed=" + seed);
    Random random = new Random(seed);
    Path precious = Files.writeString(elsewhere.resolve("precious"), "kept");
    Map<Path, byte[]> expected = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      Path target = folder.resolve("file" + random.nextInt(8));
      byte[] content = new byte[random.nextInt(4) == 0 ? 200_000 : random.nextInt(300)];
      random.nextBytes(content);
      if (random.nextInt(5) == 0) {
        Files.deleteIfExists(target);
        Files.createSymbolicLink(target, precious);
        expected.put(target, Files.readAllBytes(precious));
      } else if (random.nextInt(3) == 0) {
        assertThrows(
            BadInputException.class,
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(content);
                      throw new IOException("random");
                    }));
      } else {
        if (random.nextBoolean()) {
          AtomicFile.write(target, out -> out.write(content));
        } else {
          AtomicFile.writePrivate(target, out -> out.write(content));
        }
        expected.put(target, content);
        assertTrue(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS), "seed " + seed);
      }
      assertEquals(List.copyOf(expected.keySet()), files(), "seed " + seed);
    }
    for (Map.Entry<Path, byte[]> entry : expected.entrySet()) {
      assertArrayEquals(entry.getValue(), Files.readAllBytes(entry.getKey()), "seed " + seed);
    }
    assertEquals("kept", Files.readString(precious), "seed " + seed);
  }
}
