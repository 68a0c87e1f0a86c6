package org.mskd.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.TestJvm;

/** The permissions of what another JVM writes with another umask. */
class UmaskTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "077, rw-------",
    "027, rw-r-----",
    "022, rw-r--r--",
    "002, rw-rw-r--",
    "000, rw-rw-rw-"
  })
  void resultsFollowTheUmaskAndPrivateFilesDoNot(String umask, String expected) throws Exception {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    assertEquals(
        List.of(
            "writing rw-------",
            "result " + expected,
            "again " + expected,
            "writing-private rw-------",
            "private rw-------",
            "channel rw-------",
            "store " + expected,
            "plain " + expected,
            "left []"),
        lines(umask));
  }

  private List<String> lines(String umask) throws IOException, InterruptedException {
    Path written = Files.createDirectories(folder.resolve("written"));
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "umask"));
    command.addAll(TestJvm.command("256m", WriterProcess.class, written.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().toList();
  }
}
