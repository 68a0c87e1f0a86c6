package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LockedBackendTest {
  private static final Platform LINUX = new Platform("linux-x86_64");
  private static final CpuFeatures AVX2 = new CpuFeatures(Set.of("avx2", "fma"));
  private static final CpuFeatures AVX512 =
      new CpuFeatures(Set.of("avx2", "avx512f", "avx512bw", "avx512vl", "avx512dq"));

  private static Optional<String> of(String natives, Platform platform, CpuFeatures cpu) {
    return LockedBackend.of(Map.of("nd4j-native", natives), platform, cpu);
  }

  @Test
  void theNativesOfTheLockAreUsedWhereTheyRun() {
    String wide = "1.0.0-M2.1 linux-x86_64-onednn-avx512";
    Optional<String> coordinates =
        Optional.of("org.nd4j:nd4j-native:1.0.0-M2.1:linux-x86_64-onednn-avx512");
    assertEquals(coordinates, of(wide, LINUX, AVX512));
    assertEquals(Optional.empty(), of(wide, LINUX, AVX2));
    assertEquals(Optional.empty(), of(wide, new Platform("macosx-x86_64"), AVX512));
    assertEquals(
        Optional.of("org.nd4j:nd4j-native:1.0.0-M2.1:linux-x86_64-onednn-avx2"),
        of("1.0.0-M2.1 linux-x86_64-onednn-avx2", LINUX, AVX512));
    assertEquals(
        Optional.of("org.nd4j:nd4j-native:1.0.0-M2.1:linux-arm64"),
        of("1.0.0-M2.1 linux-arm64", new Platform("linux-arm64"), new CpuFeatures(Set.of())));
  }

  @Test
  void withoutNativesThereIsNoChoice() {
    assertEquals(Optional.empty(), of("1.0.0-M2.1", LINUX, AVX512));
    assertEquals(Optional.empty(), LockedBackend.of(Map.of(), LINUX, AVX512));
  }
}
