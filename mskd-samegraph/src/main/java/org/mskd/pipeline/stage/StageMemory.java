package org.mskd.pipeline.stage;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/**
 * The memory limits of workers that run side by side, and the machine's memory.
 *
 * @param each limit of one worker, heap and tensors, in bytes; 0 for no limit
 * @param physical memory of the machine, or of this container, in bytes
 */
public record StageMemory(long each, long physical) {
  /** For workers with the limits of this one. */
  public static StageMemory ofThisWorker() {
    long tensors = bytes(System.getProperty("org.bytedeco.javacpp.maxbytes", ""));
    long physical =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Long.MAX_VALUE;
    return new StageMemory(tensors == 0 ? 0 : Runtime.getRuntime().maxMemory() + tensors, physical);
  }

  /** Parses JavaCPP's notation, such as 500m; 0 for any other text. */
  public static long bytes(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String digits = lower.replaceFirst("[kmgt]?b?$", "");
    if (!digits.matches("\\d{1,9}") || lower.isEmpty()) {
      return digits.matches("\\d{10,18}") && digits.equals(lower) ? Long.parseLong(digits) : 0;
    }
    int shift =
        switch (lower.replace("b", "").replaceFirst("^\\d+", "")) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          case "t" -> 40;
          default -> 0;
        };
    return Long.parseLong(digits) << shift;
  }

  /** A warning if {@code count} workers may need more memory than there is; empty otherwise. */
  public Optional<String> warning(int count) {
    if (each == 0 || each <= physical / count) {
      return Optional.empty();
    }
    return Optional.of(
        "%d trainings side by side may take %s of heap and tensors each, and this machine has %s:"
                .formatted(count, DiskSpace.text(each), DiskSpace.text(physical))
            + " the system may end one of them. Lower <parallel>, or <maxHeap> and"
            + " <maxOffHeap>.");
  }
}
