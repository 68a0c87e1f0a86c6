package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mskd.problem.BadInputException;

/**
 * The Java that runs the worker. A toolchain may give one that is too old for the worker's classes,
 * or for another platform than the natives on the class path.
 *
 * @param java the launcher
 * @param version in the JDK's notation: {@code 17.0.15}, {@code 1.8.0_292}
 * @param platform platform that it is built for
 */
public record WorkerJdk(String java, String version, Platform platform) {
  /** The release that mskd is compiled for. */
  static final int OLDEST = 17;

  private static final Pattern RELEASE_LINE = Pattern.compile("(\\w+)=\"?([^\"]*)\"?");
  private static final Pattern FEATURE = Pattern.compile("(?:1\\.)?(\\d+).*");

  /**
   * The launcher for the worker.
   *
   * @param toolchain the launcher of the toolchain, if there is one; otherwise the worker runs with
   *     Maven's own Java, which is suitable
   * @throws BadInputException if the toolchain's Java cannot run a worker
   */
  public static String launcher(Optional<String> toolchain) {
    Path own = Path.of(System.getProperty("java.home"));
    if (toolchain.isEmpty() || isSame(home(toolchain.get()), own)) {
      return toolchain.orElse(own.resolve("bin").resolve("java").toString());
    }
    of(toolchain.get()).check(Platform.ofThisMachine());
    return toolchain.get();
  }

  /**
   * Reads the JDK's {@code release} file; if it has none, starts the launcher to read its version.
   */
  static WorkerJdk of(String java) {
    Map<String, String> release = release(home(java).resolve("release"));
    String version = release.get("JAVA_VERSION");
    String system = release.get("OS_NAME");
    String architecture = release.get("OS_ARCH");
    return version == null || system == null || architecture == null
        ? JdkQuestion.read(java)
        : new WorkerJdk(java, version, Platform.of(system, architecture));
  }

  /**
   * Checks that it can run the worker.
   *
   * @param natives platform of the natives
   */
  void check(Platform natives) {
    if (feature() < OLDEST) {
      throw unfit(" is version " + version + ", and the worker needs " + OLDEST + " or newer");
    }
    if (!platform.equals(natives)) {
      throw unfit(
          " is for "
              + platform.name()
              + ", and the worker's native libraries are for "
              + natives.name());
    }
  }

  private BadInputException unfit(String problem) {
    return new BadInputException(
        "The toolchain's Java, " + java + "," + problem + ".",
        "Choose another JDK with <jdkToolchain>, in the configuration of maven-toolchains-plugin or"
            + " in toolchains.xml; without a toolchain, the worker runs with Maven's own Java.");
  }

  /** The release of the Java platform, such as 21; 0 if it cannot be read. */
  int feature() {
    Matcher feature = FEATURE.matcher(version);
    return feature.matches() ? Integer.parseInt(feature.group(1)) : 0;
  }

  /** Above {@code bin/java}, links followed. */
  private static Path home(String java) {
    Path launcher = Path.of(java).toAbsolutePath();
    try {
      launcher = launcher.toRealPath();
    } catch (IOException e) {
      // The path as it is given; starting it reports that it is missing.
    }
    Path home = launcher.resolve("../..").normalize();
    return home.endsWith("jre") ? home.getParent() : home;
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, String> release(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1)
          .lines()
          .map(line -> RELEASE_LINE.matcher(line.strip()))
          .filter(Matcher::matches)
          .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2), (first, next) -> next));
    } catch (IOException e) {
      return Map.of();
    }
  }
}
