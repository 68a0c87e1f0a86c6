package org.mskd.pipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.pipeline.WorkerProcesses;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

class NativesFailureTest {
  @TempDir private Path temporary;

  /** As ND4J wraps what JavaCPP throws. */
  private static Throwable wrapped(String text) {
    return new ExceptionInInitializerError(
        new RuntimeException(
            "ND4J is probably missing dependencies.",
            new UnsatisfiedLinkError("no jnind4jcpu in java.library.path: /lib")
                .initCause(new UnsatisfiedLinkError(text))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.io.IOException: Could not create the cache: Set the property.|none of these folders",
        "java.io.IOException: No space left on device|is full",
        "java.io.IOException: Disk quota exceeded|is full",
        "/x/.lock (Read-only file system)|cannot be written",
        "/x/.lock (Permission denied)|cannot be written",
        "/x/liba.so: /x/liba.so: failed to map segment from shared object|noexec",
        "/x/liba.so: cannot open shared object file: Permission denied|noexec"
      })
  void theFolderIsNamedIfItIsTheCause(String text, String problem) {
    NativesFailure failure = NativesFailure.of(wrapped(text)).orElseThrow();
    assertTrue(failure.problem().contains(problem), failure.problem());
    assertTrue(failure.remedy().contains("<nativesCache>"), failure.remedy());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no nd4j backend on the class path",
        "/x/liba.so: wrong ELF class: ELFCLASS32",
        "/x/liba.so: failed to map segment from shared object: Cannot allocate memory"
      })
  void otherCausesAreNotAttributedToTheFolder(String text) {
    assertEquals(Optional.empty(), NativesFailure.of(text));
  }

  /** A real worker that can extract its natives nowhere. */
  @Test
  @Timeout(120)
  void aWorkerWithoutAnyFolderNamesThoseItTried() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");
    WorkerRequest request =
        WorkerRequest.of(Goal.DOCTOR, temporary.resolve("out"))
            .withBackend("test", new TreeMap<>());
    WorkerProcesses workers = new WorkerProcesses(temporary);
    List<String> command = new ArrayList<>(workers.command(request, "1"));
    command.addAll(1, List.of("-Duser.home=" + file, "-Djava.io.tmpdir=" + file));
    assertNotEquals(0, workers.start(command, "1").waitFor());
    String log = Files.readString(workers.log("1"));
    assertTrue(log.contains("none of these folders"), log);
    assertTrue(log.contains(file + "/.javacpp/cache, " + file + "/.javacpp-"), log);
    assertTrue(log.contains("<nativesCache>"), log);
  }
}
