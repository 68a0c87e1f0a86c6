package org.mskd.maven.config;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or disk space, written as for {@code -Xmx}: {@code 2g}, {@code 512m}.
 *
 * @param mebibytes MiB
 */
public record MemorySize(long mebibytes) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([mMgGtT])([iI]?[bB])?");

  static MemorySize parse(Value value) {
    return of(value.text())
        .filter(size -> size.mebibytes >= 64)
        .orElseThrow(
            () -> value.notAllowed("an amount of memory of at least 64m, such as 512m or 2g"));
  }

  /** Parses a size on disk, which may be 0. */
  static MemorySize parseDisk(Value value) {
    return of(value.text().equals("0") ? "0m" : value.text())
        .filter(size -> size.mebibytes <= Long.MAX_VALUE >> 20)
        .orElseThrow(
            () -> value.notAllowed("an amount of disk space, such as 8g or 500m, or 0 for none"));
  }

  private static Optional<MemorySize> of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long factor =
        switch (form.group(2).toLowerCase(Locale.ROOT)) {
          case "m" -> 1;
          case "g" -> 1024;
          default -> 1024 * 1024;
        };
    return Optional.of(new MemorySize(Long.parseLong(form.group(1)) * factor));
  }

  /** Bytes. */
  public long bytes() {
    return mebibytes << 20;
  }

  /** All of this machine's memory, or of the container's. */
  public static MemorySize physical() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      return new MemorySize(system.getTotalMemorySize() >> 20);
    }
    return new MemorySize(4096);
  }

  /** A fraction of it, limited to bounds. */
  MemorySize fraction(double share, long atLeast, long atMost) {
    return new MemorySize(Math.max(atLeast, Math.min(atMost, (long) (mebibytes * share))));
  }

  /** The sum of both. */
  public MemorySize plus(MemorySize other) {
    return new MemorySize(mebibytes + other.mebibytes);
  }

  /** In the notation of JVM flags. */
  @Override
  public String toString() {
    return mebibytes + "m";
  }
}
