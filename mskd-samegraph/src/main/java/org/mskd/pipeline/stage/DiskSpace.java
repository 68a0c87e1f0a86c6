package org.mskd.pipeline.stage;

import java.util.Locale;

/** Amounts of disk space as text. */
public final class DiskSpace {
  private static final double MEBIBYTE = 1 << 20;
  private static final double GIBIBYTE = 1 << 30;

  private DiskSpace() {}

  /** Such as {@code 12 MiB} or {@code 8.0 GiB}; rounded up. */
  public static String text(long bytes) {
    return bytes < GIBIBYTE
        ? (long) Math.ceil(bytes / MEBIBYTE) + " MiB"
        : String.format(Locale.ROOT, "%.1f GiB", Math.ceil(10 * bytes / GIBIBYTE) / 10);
  }

  /** Rounded up, in the notation of the configuration: {@code 12m}, {@code 9g}. */
  public static String setting(long bytes) {
    return bytes < 4 * GIBIBYTE
        ? (long) Math.ceil(bytes / MEBIBYTE) + "m"
        : (long) Math.ceil(bytes / GIBIBYTE) + "g";
  }
}
