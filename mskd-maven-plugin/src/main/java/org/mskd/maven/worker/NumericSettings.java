package org.mskd.maven.worker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mskd.file.Sha256;
import org.mskd.maven.config.JvmSettings;

/**
 * The declared environment variables and JVM options on which the bits of a tensor computation may
 * depend, by name. All others, such as a password or the size of a stack, are recorded nowhere.
 *
 * <p>Floating-point arithmetic of Java is exact since Java 17 (JEP 306), so that of the JVM's
 * options only those count that replace its exponential function and logarithm.
 */
final class NumericSettings {
  /**
   * Beginnings of the variables of OpenMP (GNU, LLVM and Intel), oneDNN (current and earlier name),
   * OpenBLAS (current and earlier name), MKL, ND4J and its C++ library, and CUDA.
   */
  private static final List<String> VARIABLES =
      List.of(
          "OMP_",
          "GOMP_",
          "KMP_",
          "ONEDNN_",
          "DNNL_",
          "OPENBLAS_",
          "GOTO_",
          "MKL_",
          "ND4J_",
          "SD_",
          "CUDA_",
          "CUDNN_",
          "CUBLAS_",
          "NVIDIA_");

  /** Variables among them that change the speed, the memory or the output of a library alone. */
  private static final Pattern HARMLESS_VARIABLE =
      Pattern.compile(
          "OMP_(DISPLAY_.*|AFFINITY_FORMAT|WAIT_POLICY|STACKSIZE)|GOMP_(SPINCOUNT|STACKSIZE|DEBUG)"
              + "|KMP_(BLOCKTIME|STACKSIZE|SETTINGS|VERSION|WARNINGS)"
              + "|(ONEDNN|DNNL|OPENBLAS|MKL)_VERBOSE.*|(ONEDNN|DNNL)_(JIT_DUMP|JIT_PROFILE)"
              + "|ND4J_RESOURCES_CACHE_DIR|CUDA_CACHE_.*");

  /** Variables by which other libraries are loaded; their values are paths, and kept as digests. */
  private static final Set<String> LOADER =
      Set.of("LD_PRELOAD", "LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "DYLD_LIBRARY_PATH");

  private static final Pattern PROPERTY =
      Pattern.compile(
          "-D((?:org\\.nd4j|org\\.bytedeco|org\\.deeplearning4j)\\.[^=]+|dtype)(?:=(.*))?",
          Pattern.DOTALL);

  private static final Pattern HARMLESS_PROPERTY =
      Pattern.compile(
          "org\\.bytedeco\\.javacpp\\.(cachedir|maxbytes|maxphysicalbytes|maxretries|logger|"
              + "logger\\.debug)|org\\.nd4j\\.(log\\.initialization|tempdir|versioncheck|"
              + "databuffer\\.tostring\\..*)");

  private static final Pattern INTRINSICS =
      Pattern.compile("-XX:([+-]?)(DisableIntrinsic|ControlIntrinsic|UseLibmIntrinsic)(?:=(.*))?");

  private NumericSettings() {}

  static SortedMap<String, String> of(JvmSettings jvm) {
    SortedMap<String, String> found = new TreeMap<>();
    jvm.environment()
        .forEach((name, value) -> variable(name, value).ifPresent(v -> found.put(name, v)));
    for (String option : jvm.arguments()) {
      property(option)
          .or(() -> intrinsic(option))
          .ifPresent(o -> found.put(o.getKey(), o.getValue()));
    }
    return found;
  }

  private static Optional<String> variable(String name, String value) {
    if (LOADER.contains(name)) {
      return Optional.of(Sha256.of(value));
    }
    boolean counts =
        VARIABLES.stream().anyMatch(name::startsWith) && !HARMLESS_VARIABLE.matcher(name).matches();
    return counts ? Optional.of(value) : Optional.empty();
  }

  private static Optional<Map.Entry<String, String>> property(String option) {
    Matcher property = PROPERTY.matcher(option);
    return property.matches() && !HARMLESS_PROPERTY.matcher(property.group(1)).matches()
        ? Optional.of(Map.entry(property.group(1), orTrue(property.group(2))))
        : Optional.empty();
  }

  private static Optional<Map.Entry<String, String>> intrinsic(String option) {
    Matcher flag = INTRINSICS.matcher(option);
    if (!flag.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Map.entry(flag.group(2), flag.group(1).equals("-") ? "false" : orTrue(flag.group(3))));
  }

  private static String orTrue(String value) {
    return value == null || value.isEmpty() ? "true" : value;
  }
}
