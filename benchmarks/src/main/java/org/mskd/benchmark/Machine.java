package org.mskd.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine on which the figures were measured.
 *
 * @param processor its name, as Linux gives it
 * @param cores that this JVM may use
 * @param memoryGiB of the machine
 * @param system name and architecture
 * @param java version of the JVM
 */
record Machine(String processor, int cores, long memoryGiB, String system, String java) {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final int KIBIBYTES_A_GIBIBYTE = 1 << 20;

  static Machine ofThis() {
    return new Machine(
        field(CPU, "model name"),
        Runtime.getRuntime().availableProcessors(),
        Math.round(digits(field(MEMORY, "MemTotal")) / KIBIBYTES_A_GIBIBYTE),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.version().toString());
  }

  private static double digits(String text) {
    String digits = text.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Double.parseDouble(digits);
  }

  private static String field(Path file, String name) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
