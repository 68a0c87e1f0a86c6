package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            Map.of("ONEDNN_MAX_CPU_ISA", "AVX2", "PATH", "/bin")));
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
