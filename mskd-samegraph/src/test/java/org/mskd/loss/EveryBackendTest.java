package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The losses equal their references on every build of nd4j-native for this platform that lies
 * beside the one the tests run on, each in a JVM of its own, as a JVM loads natives once.
 */
class EveryBackendTest {
  private static final long MOST_SECONDS = 180;

  @TempDir Path folder;

  /** Jars on the class path that hold natives of nd4j-native for this platform: one. */
  private static List<Path> onClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(EveryBackendTest::holdsNatives)
        .toList();
  }

  private static boolean holdsNatives(Path jar) {
    return jar.getFileName()
        .toString()
        .matches("nd4j-native-\\d.*-" + Loader.getPlatform() + "(-[a-z0-9-]+)?\\.jar");
  }

  static List<Path> builds() throws IOException {
    try (Stream<Path> files = Files.list(onClassPath().get(0).getParent())) {
      return files.filter(EveryBackendTest::holdsNatives).sorted().toList();
    }
  }

  /** The instruction sets a build asks for beyond its platform's own; all compilers' names. */
  private static Set<String> needs(Path jar) {
    String name = jar.getFileName().toString();
    if (name.endsWith("-avx512.jar")) {
      return Set.of("avx512f", "avx512bw", "avx512vl", "avx512dq");
    }
    return name.endsWith("-avx2.jar") ? Set.of("avx2") : Set.of();
  }

  /** Those of the first processor as Linux names them; none where they cannot be known. */
  private static Set<String> cpuFlags() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")))
          .orElse(Set.of());
    }
  }

  @Test
  void theBuildTheseTestsRunOnIsAmongThem() throws IOException {
    assertEquals(1, onClassPath().size(), "builds on the class path " + onClassPath());
    assertTrue(builds().containsAll(onClassPath()), "builds " + builds());
    assertFalse(needs(Path.of("nd4j-native-1-linux-x86_64-onednn-avx512.jar")).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void lossesEqualTheirReferences(Path build) throws IOException, InterruptedException {
    Path own = onClassPath().get(0);
    assumeTrue(
        build.equals(own) || cpuFlags().containsAll(needs(build)),
        () -> build.getFileName() + " needs " + needs(build) + ", which this CPU is not known for");
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).equals(own) ? build.toString() : entry)
            .collect(Collectors.joining(File.pathSeparator));
    Path output = folder.resolve("output.txt");
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dorg.bytedeco.javacpp.maxbytes=2g",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=4g",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                LossComparison.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    command.environment().put("CLASSPATH", classPath);
    Process process = command.start();
    try {
      assertTrue(
          process.waitFor(MOST_SECONDS, TimeUnit.SECONDS),
          () -> build.getFileName() + " was not done in time: " + text(output));
      assertEquals(0, process.exitValue(), () -> build.getFileName() + ": " + text(output));
      // Its natives were indeed loaded, and nobody else's.
      String said = text(output);
      assertTrue(said.contains(" nd4jcpu from " + build.getFileName() + "/"), said);
      assertTrue(said.contains("compared " + 6 * LossComparison.settings().size()), said);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "no output: " + e;
    }
  }
}
