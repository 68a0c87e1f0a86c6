package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.maven.config.JvmSettings;

class NumericSettingsTest {
  private static Map<String, String> ofVariable(String name, String value) {
    return NumericSettings.of(new JvmSettings(Map.of(), List.of(), Map.of(name, value)));
  }

  private static Map<String, String> ofOptions(String... options) {
    return NumericSettings.of(new JvmSettings(Map.of(), List.of(options), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OMP_PLACES",
        "OMP_DYNAMIC",
        "OMP_THREAD_LIMIT",
        "GOMP_CPU_AFFINITY",
        "KMP_DETERMINISTIC_REDUCTION",
        "ONEDNN_DEFAULT_FPMATH_MODE",
        "DNNL_MAX_CPU_ISA",
        "OPENBLAS_CORETYPE",
        "OPENBLAS_NUM_THREADS",
        "MKL_CBWR",
        "ND4J_MKL_FALLBACK",
        "SD_MASTER_THREADS",
        "CUDA_VISIBLE_DEVICES",
        "CUBLAS_WORKSPACE_CONFIG",
        "NVIDIA_TF32_OVERRIDE"
      })
  void variablesOfNativeLibrariesCount(String name) {
    assertEquals(Map.of(name, "v"), ofVariable(name, "v"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TOKEN",
        "HTTPS_PROXY",
        "TMPDIR",
        "MY_OMP_PLACES",
        "OMP_DISPLAY_ENV",
        "OMP_WAIT_POLICY",
        "OMP_STACKSIZE",
        "KMP_BLOCKTIME",
        "ONEDNN_VERBOSE",
        "DNNL_VERBOSE_TIMESTAMP",
        "ONEDNN_JIT_PROFILE",
        "CUDA_CACHE_PATH"
      })
  void allOthersCountForNothing(String name) {
    assertEquals(Map.of(), ofVariable(name, "v"));
  }

  /** SHA-256 of "/lib/x.so", by sha256sum. */
  @Test
  void aPathOfTheLoaderIsADigest() {
    assertEquals(
        Map.of("LD_PRELOAD", "71144817e4b8d463c5eef7c57a3a48d238911e52dd3b39e23ca6d39877945853"),
        ofVariable("LD_PRELOAD", "/lib/x.so"));
  }

  @ParameterizedTest
  @CsvSource({
    "-Dorg.nd4j.avx.ignore=true, org.nd4j.avx.ignore, true",
    "-Dorg.nd4j.some.flag, org.nd4j.some.flag, true",
    "-Dorg.bytedeco.javacpp.pathsFirst=true, org.bytedeco.javacpp.pathsFirst, true",
    "-Dorg.bytedeco.openblas.load=mkl_rt, org.bytedeco.openblas.load, mkl_rt",
    "-Ddtype=double, dtype, double",
    "-XX:DisableIntrinsic=_dexp, DisableIntrinsic, _dexp",
    "-XX:-UseLibmIntrinsic, UseLibmIntrinsic, false",
    "-XX:+UseLibmIntrinsic, UseLibmIntrinsic, true"
  })
  void optionsThatReachTheArithmeticCount(String option, String name, String value) {
    assertEquals(Map.of(name, value), ofOptions(option));
  }

  @Test
  void memoryCollectorsAndSecretsCountForNothing() {
    assertEquals(
        Map.of(),
        ofOptions(
            "-Xss1m",
            "-XX:+UseZGC",
            "-XX:TieredStopAtLevel=1",
            "-ea",
            "-Dpassword=secret",
            "-Djava.io.tmpdir=/t",
            "-Dorg.bytedeco.javacpp.cachedir=/c",
            "-Dorg.bytedeco.javacpp.logger.debug=true",
            "-Dorg.nd4j.log.initialization=false"));
  }

  @Test
  void ofTwoValuesTheLastCounts() {
    assertEquals(Map.of("org.nd4j.x", "2"), ofOptions("-Dorg.nd4j.x=1", "-ea", "-Dorg.nd4j.x=2"));
  }
}
