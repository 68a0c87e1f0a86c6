package org.mskd.pipeline.stage;

import java.util.Locale;

/** Amounts of disk space as a person reads and writes them. */
public final class DiskSpace {
  private static final double MEBIBYTE = 1 << 20;
  private static final double GIBIBYTE = 1 << 30;

  private DiskSpace() {}

  /** Such as {@code 12 MiB} or {@code 8.0 GiB}; never less than it is. */
  public static String text(long bytes) {
    return bytes < GIBIBYTE
        ? (long) Math.ceil(bytes / MEBIBYTE) + " MiB"
        : String.format(Locale.ROOT, "%.1f GiB", Math.ceil(10 * bytes / GIBIBYTE) / 10);
  }

  /** At least so much, as a configuration has it: {@code 12m}, {@code 9g}. */
  public static String asked(long bytes) {
    return bytes < 4 * GIBIBYTE
        ? (long) Math.ceil(bytes / MEBIBYTE) + "m"
        : (long) Math.ceil(bytes / GIBIBYTE) + "g";
  }
}
