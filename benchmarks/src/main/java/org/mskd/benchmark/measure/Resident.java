package org.mskd.benchmark.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Resident memory of this process, MiB, as Linux counts it; empty on other systems. */
public final class Resident {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Resident() {}

  /** The most so far (VmHWM). */
  public static OptionalDouble peak() {
    return field("VmHWM:");
  }

  /** Now (VmRSS). */
  public static OptionalDouble now() {
    return field("VmRSS:");
  }

  private static OptionalDouble field(String name) {
    try {
      return ofStatus(Files.readString(STATUS), name);
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  /** A field of {@code /proc/PID/status}, whose sizes are in KiB. */
  static OptionalDouble ofStatus(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst();
  }
}
