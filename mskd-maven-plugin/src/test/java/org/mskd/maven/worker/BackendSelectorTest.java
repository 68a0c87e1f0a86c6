package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.problem.BadInputException;

class BackendSelectorTest {
  private static final Versions VERSIONS = Versions.load();

  private static Backend select(
      String os, String arch, String flags, String setting, Coordinates... plugin) {
    CpuFeatures cpu =
        CpuFeatures.ofCpuInfo("processor\t: 0\nflags\t\t: fpu " + flags + "\nbugs\t: none\n");
    return new BackendSelector(VERSIONS, Platform.of(os, arch), cpu)
        .select(setting, List.of(plugin));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux,amd64,avx avx2 avx512f avx512bw avx512vl avx512dq,linux-x86_64-onednn-avx512",
    "Linux,amd64,avx avx2 avx512f avx512bw avx512vl,linux-x86_64-onednn-avx2",
    "Linux,amd64,avx avx2,linux-x86_64-onednn-avx2",
    "Linux,amd64,avx,linux-x86_64",
    "Linux,aarch64,asimd,linux-arm64",
    "Mac OS X,x86_64,avx2,macosx-x86_64-onednn-avx2",
    "Mac OS X,x86_64,sse4_2,macosx-x86_64",
    "Mac OS X,aarch64,neon,macosx-arm64",
    "Windows 11,amd64,unknown,windows-x86_64",
  })
  void autoTakesTheNativesTheCpuCanRun(String os, String arch, String flags, String classifier) {
    Backend backend = select(os, arch, flags, "auto");
    String platform = Platform.of(os, arch).name();
    assertEquals("org.nd4j:nd4j-native:1.0.0-M2.1:" + classifier, backend.description());
    List<String> natives =
        backend.artifacts().stream()
            .filter(one -> !one.classifier().isEmpty())
            .map(one -> one.artifactId() + ":" + one.classifier())
            .toList();
    assertEquals(
        List.of(
            "nd4j-native:" + classifier,
            "javacpp:" + platform,
            "openblas:" + platform,
            "dnnl:" + platform,
            "opencl:" + platform),
        natives);
  }

  @Test
  void flagsAreReadOfTheWholeWord() {
    CpuFeatures cpu = CpuFeatures.ofCpuInfo("flags : avx avx512f_not avx2x\n");
    assertEquals(Set.of("avx", "avx512f_not", "avx2x"), cpu.flags());
    assertFalse(cpu.avx2());
    assertFalse(cpu.avx512());
    assertFalse(CpuFeatures.ofCpuInfo("").avx2());
  }

  @Test
  void coordinatesReplaceTheDefault() {
    Backend cuda = select("Linux", "amd64", "avx2", "org.nd4j:nd4j-cuda-11.6-platform");
    assertEquals("org.nd4j:nd4j-cuda-11.6-platform:1.0.0-M2.1", cuda.description());
    assertTrue(
        cuda.artifacts().stream().noneMatch(one -> one.artifactId().equals("nd4j-native")),
        cuda.toString());
    assertTrue(
        cuda.artifacts().stream().noneMatch(one -> one.artifactId().equals("dnnl")),
        "oneDNN's CPU primitives cannot work on a GPU's arrays: " + cuda);
  }

  @Test
  void severalCoordinatesAndAClassifierBringTheirMainJars() {
    Backend backend =
        select("Linux", "amd64", "avx2", "org.nd4j:nd4j-native:1.0:linux-x86_64, com.x:extra:2");
    assertEquals(
        List.of(
            new Coordinates("org.nd4j", "nd4j-native", "1.0", ""),
            new Coordinates("org.nd4j", "nd4j-native", "1.0", "linux-x86_64"),
            new Coordinates("com.x", "extra", "2", "")),
        backend.artifacts().subList(0, 3));
  }

  @Test
  void aPluginDependencyIsUsedUnlessCoordinatesAreGiven() {
    Coordinates cuda = new Coordinates("org.nd4j", "nd4j-cuda-12.3-platform", "1.0.0-X", "");
    assertEquals(
        "org.nd4j:nd4j-cuda-12.3-platform:1.0.0-X",
        select("Linux", "amd64", "avx2", "auto", cuda).description());
    assertEquals("a:b:1", select("Linux", "amd64", "avx2", "a:b:1", cuda).description());
    assertTrue(BackendSelector.isBackend("nd4j-native-platform"));
    assertFalse(BackendSelector.isBackend("nd4j-api"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", "org.nd4j:", "a:b:c:d:e", ":nd4j-native", "com.x:extra"})
  void otherFormsAreRefused(String setting) {
    String message =
        assertThrows(BadInputException.class, () -> select("Linux", "amd64", "avx2", setting))
            .getMessage();
    assertTrue(message.contains("<backend>") && message.contains(setting), message);
  }

  @Test
  void anUnknownPlatformGetsNoNativesThatDoNotExist() {
    Backend backend = select("Linux", "ppc64le", "", "auto");
    List<String> natives =
        backend.artifacts().stream()
            .filter(one -> !one.classifier().isEmpty())
            .map(Coordinates::artifactId)
            .toList();
    assertEquals(List.of("nd4j-native", "javacpp", "openblas"), natives);
  }

  @Test
  void thePlainNativesOfAnX86ComeWithAWarning() {
    assertTrue(select("Linux", "amd64", "avx", "auto").warning().orElse("").contains("AVX2"));
    assertTrue(select("Linux", "amd64", "avx2", "auto").warning().isEmpty());
    assertTrue(select("Linux", "aarch64", "asimd", "auto").warning().isEmpty());
    assertTrue(select("Linux", "amd64", "avx", "org.nd4j:nd4j-native").warning().isEmpty());
  }
}
