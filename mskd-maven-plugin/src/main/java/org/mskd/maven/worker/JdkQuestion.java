package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mskd.problem.BadInputException;

/** Reads the version of a Java launcher by starting it once. */
final class JdkQuestion {
  private static final long SECONDS = 60;

  private JdkQuestion() {}

  /**
   * Starts {@code java -XshowSettings:properties -version}, which every Java since 7 supports.
   *
   * @throws BadInputException if it cannot be started, or does not print its version
   */
  static WorkerJdk read(String java) {
    String answer = output(java);
    Optional<String> version = property(answer, "java.version");
    Optional<String> system = property(answer, "os.name");
    Optional<String> architecture = property(answer, "os.arch");
    if (version.isEmpty() || system.isEmpty() || architecture.isEmpty()) {
      throw unusable(java, "it does not report its version", null);
    }
    return new WorkerJdk(java, version.get(), Platform.of(system.get(), architecture.get()));
  }

  private static String output(String java) {
    ProcessBuilder builder = new ProcessBuilder(java, "-XshowSettings:properties", "-version");
    WorkerEnvironment.ofThisProcess().applyTo(builder.environment());
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      // Ends a launcher that hangs, so that reading ends.
      process
          .onExit()
          .orTimeout(SECONDS, TimeUnit.SECONDS)
          .exceptionally(late -> process.destroyForcibly());
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unusable(java, e.getMessage(), e);
    }
  }

  private static Optional<String> property(String answer, String name) {
    Matcher line =
        Pattern.compile("^\\s*" + Pattern.quote(name) + " = (.*?)\\s*$", Pattern.MULTILINE)
            .matcher(answer);
    return line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }

  private static BadInputException unusable(String java, String reason, Throwable cause) {
    return new BadInputException(
        "The toolchain's Java, " + java + ", cannot be used: " + reason + ".",
        "Choose another JDK with <jdkToolchain>, in the configuration of maven-toolchains-plugin or"
            + " in toolchains.xml.",
        cause);
  }
}
