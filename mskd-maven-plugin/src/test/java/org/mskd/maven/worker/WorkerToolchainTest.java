package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.apache.maven.toolchain.model.ToolchainModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class WorkerToolchainTest {
  private static final SortedMap<String, String> NONE = new TreeMap<>();
  private static final SortedMap<String, String> WANTED =
      new TreeMap<>(Map.of("version", "21", "vendor", "temurin"));
  private static final String OWN =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final ToolchainManager toolchains = mock(ToolchainManager.class);
  private final MavenSession session = mock(MavenSession.class);
  private final MavenExecutionRequest request = mock(MavenExecutionRequest.class);
  private final WorkerToolchain worker = new WorkerToolchain(toolchains, session);

  @TempDir private Path home;

  private void offers(ToolchainModel... jdks) {
    when(session.getRequest()).thenReturn(request);
    when(request.getToolchains()).thenReturn(Map.of("jdk", List.of(jdks)));
  }

  private static ToolchainModel jdk(String vendor, String version) {
    ToolchainModel jdk = new ToolchainModel();
    jdk.setType("jdk");
    jdk.getProvides().setProperty("vendor", vendor);
    jdk.getProvides().setProperty("version", version);
    return jdk;
  }

  private static Toolchain with(String java) {
    Toolchain toolchain = mock(Toolchain.class);
    when(toolchain.findTool("java")).thenReturn(java);
    return toolchain;
  }

  private void found(Toolchain... matching) {
    when(toolchains.getToolchains(session, "jdk", WANTED)).thenReturn(List.of(matching));
  }

  private String refusal() {
    return assertThrows(BadInputException.class, () -> worker.launcher(WANTED)).getMessage();
  }

  @Test
  void withoutRequirementsTheBuildsToolchainCountsThenMavensJava() {
    assertEquals(OWN, worker.launcher(NONE));
    Toolchain build = with(OWN);
    when(toolchains.getToolchainFromBuildContext("jdk", session)).thenReturn(build);
    assertEquals(OWN, worker.launcher(NONE));
  }

  /** Nothing is an input of the results then. */
  @Test
  void withoutRequirementsNoJdkIsRequired() {
    assertEquals(Optional.empty(), worker.required(NONE));
    verifyNoInteractions(toolchains);
  }

  @Test
  void theRequiredJdkPrecedesTheBuildsToolchain() {
    Toolchain build = with("/another/bin/java");
    when(toolchains.getToolchainFromBuildContext("jdk", session)).thenReturn(build);
    found(with(OWN), with("/second/bin/java"));
    assertEquals(OWN, worker.launcher(WANTED));
    assertEquals(Optional.of(OWN), worker.required(WANTED));
  }

  @Test
  void whereNoneMatchesWantedAndOfferedAreNamed() {
    found();
    offers(jdk("temurin", "17"), jdk("zulu", "21"));
    String message = refusal();
    assertTrue(
        message.startsWith(
            "No JDK of toolchains.xml has the <jdkToolchain> vendor temurin, version 21. It offers:"
                + " vendor temurin, version 17; vendor zulu, version 21. Add the JDK to"
                + " toolchains.xml"),
        message);
  }

  @Test
  void withoutAFileThatIsReported() {
    found();
    when(session.getRequest()).thenReturn(request);
    assertTrue(refusal().contains("version 21. It declares no JDK. Add the JDK"));
  }

  @Test
  void aJdkWithoutJavaIsNamed() {
    found(with(null));
    String message = refusal();
    assertTrue(message.contains("vendor temurin, version 21 has no java"), message);
    assertTrue(message.contains("<jdkHome>"), message);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anUnfitJdkIsRefused() throws Exception {
    Files.writeString(
        home.resolve("release"),
        "JAVA_VERSION=\"11.0.2\"\nOS_ARCH=\"x86_64\"\nOS_NAME=\"Linux\"\n");
    Path java = Files.createFile(Files.createDirectory(home.resolve("bin")).resolve("java"));
    found(with(java.toString()));
    String message = refusal();
    assertTrue(message.contains("is version 11.0.2, and the worker needs 17"), message);
    assertTrue(message.contains("<jdkToolchain>"), message);
  }
}
