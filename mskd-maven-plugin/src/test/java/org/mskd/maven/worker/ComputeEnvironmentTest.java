package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.maven.config.JvmSettings;

class ComputeEnvironmentTest {
  private static final Backend BACKEND =
      new Backend(
          List.of(
              new Coordinates("org.nd4j", "nd4j-native", "1", ""),
              new Coordinates("org.nd4j", "nd4j-native", "1", "linux-x86_64-onednn-avx2"),
              new Coordinates("org.bytedeco", "dnnl", "3.11", ""),
              new Coordinates("org.bytedeco", "dnnl", "3.11", "linux-x86_64"),
              new Coordinates("org.bytedeco", "opencl", "3.0", "linux-x86_64")),
          "",
          Optional.empty());

  @Test
  void librariesInstructionSetAndVariablesThatChooseKernelsAreNamed() {
    assertEquals(
        new TreeMap<>(
            Map.of(
                "nd4j-native", "1 linux-x86_64-onednn-avx2",
                "dnnl", "3.11 linux-x86_64",
                "instructionSet", "AVX2 with FMA",
                "ONEDNN_MAX_CPU_ISA", "AVX2")),
        ComputeEnvironment.of(
            BACKEND,
            new CpuFeatures(Set.of("avx", "avx2", "fma")),
            Map.of("ONEDNN_MAX_CPU_ISA", "AVX2", "PATH", "/bin"),
            JvmSettings.NONE,
            Optional.empty()));
  }

  /** A declared variable overrides that of Maven's environment, as it does in the worker. */
  @Test
  void whatThePomDeclaresForTheWorkerIsNamedWhereItCanChangeAResult() {
    SortedMap<String, String> environment =
        ComputeEnvironment.of(
            BACKEND,
            CpuFeatures.OLDEST,
            Map.of("ONEDNN_MAX_CPU_ISA", "AVX2"),
            new JvmSettings(
                Map.of("version", "[21,22)"),
                List.of("-Xss1m"),
                Map.of("ONEDNN_MAX_CPU_ISA", "SSE41", "OMP_PLACES", "cores", "TOKEN", "secret")),
            Optional.of(new WorkerJdk("java", "21.0.4", new Platform("linux-x86_64"))));
    environment.keySet().removeAll(Set.of("nd4j-native", "dnnl", "instructionSet"));
    assertEquals(
        Map.of("ONEDNN_MAX_CPU_ISA", "SSE41", "OMP_PLACES", "cores", "jdk", "21"), environment);
  }

  @ParameterizedTest
  @CsvSource({
    "avx avx2 fma avx512f avx512bw avx512vl avx512dq avx512_vnni, AVX-512",
    "avx avx2 fma avx512f, AVX2 with FMA",
    "avx avx2 fma avx_vnni, AVX2 with FMA",
    "avx sse4_2, AVX",
    "sse4_2, baseline",
  })
  void instructionSetsForOtherNumberFormatsDoNotCount(String flags, String widest) {
    assertEquals(widest, new CpuFeatures(Set.of(flags.split(" "))).widest());
  }

  @Test
  void whatCannotBeReadIsUnknown() {
    assertEquals("unknown", new CpuFeatures(Set.of()).widest());
  }
}
