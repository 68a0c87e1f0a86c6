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

  /** Without an instruction set that decides. */
  static final CpuFeatures OLDEST = new CpuFeatures(Set.of());

  static final CpuFeatures WITH_AVX2 = new CpuFeatures(Set.of("avx2"));

  /** With all that decide. */
  static final CpuFeatures WITH_AVX512 = ofFlags("avx2 " + String.join(" ", AVX512));

  /** The instruction sets of this machine; none if they cannot be determined. */
  static CpuFeatures ofThisMachine(Platform platform) {
    try {
      if (platform.isLinux()) {
        return ofCpuInfo(Files.readString(CPU_INFO, StandardCharsets.UTF_8));
      }
      if (platform.isMac()) {
        return ofFlags(sysctl());
      }
    } catch (IOException e) {
      // Unknown: the natives that run on every CPU are chosen.
    }
    return new CpuFeatures(Set.of());
  }

  /** Parses the text of {@code /proc/cpuinfo}: the flags of the first processor. */
  static CpuFeatures ofCpuInfo(String text) {
    return text.lines()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> ofFlags(line.substring(line.indexOf(':') + 1)))
        .orElse(new CpuFeatures(Set.of()));
  }

  private static CpuFeatures ofFlags(String flags) {
    return new CpuFeatures(
        Set.copyOf(Arrays.asList(flags.strip().toLowerCase(Locale.ROOT).split("\\s+"))));
  }

  private static String sysctl() throws IOException {
    Process process =
        new ProcessBuilder("sysctl", "-n", "machdep.cpu.leaf7_features")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String flags = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(5, TimeUnit.SECONDS);
      return flags;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      process.destroy();
    }
  }

  /**
   * The widest instruction set for which the native libraries have 32-bit floating-point kernels of
   * their own; they choose a kernel by it at run time. Further sets that oneDNN distinguishes, such
   * as VNNI, BF16 and AMX, serve other number formats.
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
