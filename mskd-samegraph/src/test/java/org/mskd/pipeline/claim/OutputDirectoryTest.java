package org.mskd.pipeline.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.problem.BadInputException;

class OutputDirectoryTest {
  private static final String STAMP = "{\"inputs\":{},\"outputs\":{},\"warnings\":[]}";

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve("out").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Path output() {
    return folder.resolve("out");
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  private BadInputException refused() throws IOException {
    List<String> before = tree();
    BadInputException e =
        assertThrows(BadInputException.class, () -> OutputDirectory.take(output()));
    assertEquals(before, tree(), "something was changed");
    assertTrue(e.problem().contains(output().toString()), e.problem());
    return e;
  }

  @Test
  void aNewFolderBecomesAnOutputDirectory() throws IOException {
    Path deep = output().resolve("a/b");
    OutputDirectory.take(deep);
    assertTrue(OutputDirectory.isOurs(deep));
    Files.writeString(deep.resolve("notes.txt"), "mine");
    OutputDirectory.take(deep);
    assertEquals("mine", Files.readString(deep.resolve("notes.txt")));
  }

  @Test
  void anEmptyFolderIsTaken() throws IOException {
    Files.createDirectories(output());
    OutputDirectory.take(output());
    assertTrue(OutputDirectory.isOurs(output()));
  }

  @ParameterizedTest
  @ValueSource(strings = {".DS_Store", "Thumbs.db", "desktop.ini", "lost+found/x"})
  void filesOfTheOperatingSystemAreIgnored(String name) throws IOException {
    write(name, "");
    OutputDirectory.take(output());
    assertTrue(Files.exists(output().resolve(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notes.txt",
        "evaluation/notes.txt",
        "teachers/liver/model.mskd",
        "pom.xml",
        ".git/config",
        ".hidden",
        "predictions/mine.nii.gz",
        "metrics.json"
      })
  void aFolderWithOtherFilesIsRefusedAndNothingIsChanged(String name) throws IOException {
    write(name, "mine");
    BadInputException e = refused();
    assertTrue(e.problem().contains(Path.of(name).getName(0).toString()), e.problem());
    assertTrue(e.remedy().contains("Nothing was changed"), e.remedy());
  }

  @Test
  void filesOfARunWhoseDirectoryWasRemovedAreAccepted() throws IOException {
    Files.createDirectories(output().resolve("logs"));
    Files.createDirectories(output().resolve("prepared/liver"));
    write(".work/teacher/liver/teachers/liver/model.mskd", "half");
    write(".runs/1-2-3/events.jsonl", "");
    write("checkpoints/teacher/liver/0123456789abcdef0123456789abcdef/0000250.ckpt", "");
    OutputDirectory.take(output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs/x", "checkpoints/mine.ckpt", "checkpoints/a/0000250.ckpt"})
  void similarFilesOfTheUserAreRefused(String name) throws IOException {
    write(name, "mine");
    refused();
  }

  @Test
  void resultsOfEarlierVersionsAreAccepted() throws IOException {
    write("stages/teacher/liver.json", STAMP);
    write("teachers/liver/model.mskd", "model");
    OutputDirectory.take(output());
    assertTrue(Files.exists(output().resolve(OutputDirectory.MARKER)));
  }

  @Test
  void anEarlierVersionsFolderWithoutStagesIsAccepted() throws IOException {
    write(".lock", "");
    write("events.jsonl", "{\"event\":\"workerStarted\",\"run\":\"17-1-1\"}\n");
    write("logs/worker.log", "");
    OutputDirectory.take(output());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{\"stage\":1}",
        "{\"inputs\":{},\"outputs\":{}}",
        "\u0000"
      })
  void stagesOfAnotherProgramAreRefused(String json) throws IOException {
    write("stages/liver.json", json);
    refused();
  }

  @Test
  void eventsOfAnotherProgramAreRefused() throws IOException {
    write("events.jsonl", "{\"event\":\"workerStarted\",\"run\":\"1\"}\n");
    refused();
    write(".lock", "");
    write("events.jsonl", "{\"event\":\"login\",\"run\":\"1\"}\n");
    refused();
  }

  @Test
  void aMarkerThatIsALinkMarksNothing(@TempDir Path elsewhere) throws IOException {
    write("notes.txt", "mine");
    Path other = Files.writeString(elsewhere.resolve("x"), "{}");
    Files.createSymbolicLink(output().resolve(OutputDirectory.MARKER), other);
    refused();
  }

  @Test
  void aFileInItsPlaceOrAboveItIsNamed() throws IOException {
    Files.writeString(output(), "a file");
    assertTrue(refused().problem().contains("is not a folder"));
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> OutputDirectory.take(output().resolve("deeper/still")));
    assertTrue(e.problem().contains(output() + " is a file"), e.problem());
  }

  @Test
  void throughALinkItIsTheFolderBehindIt() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(output(), real);
    OutputDirectory.take(output());
    assertTrue(Files.exists(real.resolve(OutputDirectory.MARKER)));
    assertFalse(OutputDirectory.isOurs(folder));
  }

  /** Modules of a parallel build may share a new output directory. */
  @Test
  void buildsThatTakeANewFolderAtTheSameTimeDoNotRefuseEachOther(@TempDir Path root)
      throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 500; round++) {
        Path shared = root.resolve("out" + round);
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Void> build =
            () -> {
              start.await();
              OutputDirectory.take(shared);
              return null;
            };
        for (Future<Void> taken : two.invokeAll(List.of(build, build))) {
          taken.get();
        }
      }
    } finally {
      two.shutdownNow();
    }
  }
}
