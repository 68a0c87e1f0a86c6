package org.mskd.maven.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The instruction sets that decide which natives a CPU can run.
 *
 * @param flags lower-case names as Linux prints them, such as {@code avx2}
 */
record CpuFeatures(Set<String> flags) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final List<String> AVX512 = List.of("avx512f", "avx512bw", "avx512vl", "avx512dq");

  /** Those of this machine; none where they cannot be known. */
  static CpuFeatures ofThisMachine(Platform platform) {
    try {
      if (platform.isLinux()) {
        return ofCpuInfo(Files.readString(CPU_INFO, StandardCharsets.UTF_8));
      }
      if (platform.isMac()) {
        return ofWords(sysctl());
      }
    } catch (IOException e) {
      // Not known: the natives that run everywhere are chosen.
    }
    return new CpuFeatures(Set.of());
  }

  /** From the text of {@code /proc/cpuinfo}: the flags of the first processor. */
  static CpuFeatures ofCpuInfo(String text) {
    return text.lines()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> ofWords(line.substring(line.indexOf(':') + 1)))
        .orElse(new CpuFeatures(Set.of()));
  }

  private static CpuFeatures ofWords(String words) {
    return new CpuFeatures(
        Set.copyOf(Arrays.asList(words.strip().toLowerCase(Locale.ROOT).split("\\s+"))));
  }

  private static String sysctl() throws IOException {
    Process process =
        new ProcessBuilder("sysctl", "-n", "machdep.cpu.leaf7_features")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(5, TimeUnit.SECONDS);
      return words;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      process.destroy();
    }
  }

  /**
   * The widest instruction set for which the native libraries have 32-bit floating-point kernels of
   * their own; they choose by it at run time. Further sets that oneDNN distinguishes, such as VNNI,
   * BF16 and AMX, serve other number formats.
   */
  String widest() {
    if (avx512()) {
      return "AVX-512";
    }
    if (avx2()) {
      return flags.contains("fma") ? "AVX2 with FMA" : "AVX2";
    }
    if (flags.contains("avx") || flags.contains("avx1.0")) {
      return "AVX";
    }
    return flags.isEmpty() ? "unknown" : "baseline";
  }

  boolean avx2() {
    return flags.contains("avx2");
  }

  /** What compilers mean by AVX-512 since Skylake: foundation, byte/word, vector length, dword. */
  boolean avx512() {
    return flags.containsAll(AVX512);
  }
}
