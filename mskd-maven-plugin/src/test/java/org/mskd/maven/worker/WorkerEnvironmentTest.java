package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real builds' JVMs in environments of their own, each with a real worker. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class WorkerEnvironmentTest {
  private static final String NAME = "M\u00fcller_\u809d.nii.gz";

  @TempDir private Path folder;

  /** The worker's report in a build in this folder. */
  private List<String> report(Path output, Map<String, String> variables, String... options)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(options));
    command.add(StartedBuild.class.getName());
    ProcessBuilder build = new ProcessBuilder(command).directory(output.toFile());
    build.environment().put("CLASSPATH", absoluteClasspath());
    build.environment().put("LC_ALL", "C.UTF-8");
    build.environment().putAll(variables);
    File log = folder.resolve("build.log").toFile();
    int exitCode = build.redirectErrorStream(true).redirectOutput(log).start().waitFor();
    assertEquals(0, exitCode, Files.readString(log.toPath(), StandardCharsets.ISO_8859_1));
    return Files.readAllLines(output.resolve("report"));
  }

  private static String absoluteClasspath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS,-XX:+UseG1GC",
    "JDK_JAVA_OPTIONS,-XX:+UseParallelGC",
    "_JAVA_OPTIONS,-XX:+UseG1GC -Xmx200m"
  })
  void anotherCollectorDoesNotReachTheWorker(String variable, String options) throws Exception {
    List<String> report =
        report(folder, Map.of(variable, options + " -Dorg.nd4j.log.initialization=false"));
    assertTrue(report.contains(variable + " null"), report.toString());
    String got = report.get(0);
    assertTrue(got.contains("-XX:+UseSerialGC") && got.contains("-Xmx96m"), got);
    assertFalse(got.contains("UseG1GC") || got.contains("Parallel") || got.contains("200m"), got);
    assertTrue(got.contains("-Dorg.nd4j.log.initialization=false, "), got);
  }

  @Test
  void theDebuggersPortIsLeftToMaven() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> report =
        report(
            folder,
            Map.of(
                "JAVA_TOOL_OPTIONS",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=" + port));
    assertFalse(report.get(0).contains("jdwp"), report.get(0));
  }

  @ParameterizedTest
  @CsvSource({"C", "POSIX", "''"})
  void anyNameCanBeReadInAnAsciiLocale(String locale) throws Exception {
    Files.writeString(folder.resolve(NAME), "");
    List<String> report = report(folder, Map.of("LC_ALL", locale, "LANG", "", "LC_CTYPE", ""));
    assertTrue(report.contains("file " + NAME), report.toString());
  }

  /** As container images for Maven advise for a user without a name. */
  @Test
  void theHomeFolderIsMavens() throws Exception {
    assertTrue(report(folder, Map.of(), "-Duser.home=/var/maven").contains("home /var/maven"));
  }

  @Test
  void anUnknownHomeFolderIsNotInTheProject() {
    assertEquals(Optional.of("-Duser.home=/h"), UserHome.option("/h", "/other", "/tmp"));
    assertEquals(Optional.of("-Duser.home=/other"), UserHome.option("?", "/other", "/tmp"));
    assertEquals(Optional.of("-Duser.home=/tmp"), UserHome.option("?", null, "/tmp"));
    // In an ASCII locale the name is damaged; in the worker's locale it is not.
    assertEquals(Optional.empty(), UserHome.option("/home/M\uFFFDller", "/other", "/tmp"));
  }

  /** Java 17 encodes a command line in file.encoding. */
  @Test
  void mavensFileEncodingDoesNotHideTheArguments() throws Exception {
    Path output = Files.createDirectory(folder.resolve(NAME));
    List<String> report = report(output, Map.of(), "-Dfile.encoding=ISO-8859-1");
    assertTrue(report.get(0).contains("-Xmx96m"), report.get(0));
  }
}
