package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.problem.BadInputException;

/** JDKs that are only a {@code release} file, or a launcher that prints. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class WorkerJdkTest {
  private static final Platform LINUX = new Platform("linux-x86_64");

  @TempDir private Path home;

  private String launcher(String script) throws Exception {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + script + "\n");
    assertTrue(java.toFile().setExecutable(true));
    return java.toString();
  }

  private String released(String version, String system, String architecture) throws Exception {
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\nOS_ARCH=\"%s\"\nOS_NAME=\"%s\"\n"
            .formatted(version, architecture, system));
    return launcher("exit 1");
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.15,Linux,x86_64,''",
    "21,Linux,amd64,''",
    "25-ea,Linux,x86_64,''",
    "11.0.2,Linux,x86_64,version 11.0.2",
    "1.8.0_292,Linux,amd64,version 1.8.0_292",
    "17.0.1,Linux,aarch64,linux-arm64",
    "17.0.1,Darwin,x86_64,macosx-x86_64",
    "17.0.1,Linux,i586,linux-i586"
  })
  void theReleaseFileHasVersionAndPlatform(String version, String system, String arch, String unfit)
      throws Exception {
    WorkerJdk jdk = WorkerJdk.of(released(version, system, arch));
    if (unfit.isEmpty()) {
      jdk.check(LINUX);
    } else {
      String message = assertThrows(BadInputException.class, () -> jdk.check(LINUX)).getMessage();
      assertTrue(message.contains(unfit), message);
      assertTrue(message.contains(home.resolve("bin/java").toString()), message);
      assertTrue(message.contains("toolchains.xml"), message);
    }
  }

  @Test
  void withoutThatFileTheLauncherIsStarted() throws Exception {
    String java =
        launcher(
            "echo 'Property settings:'; echo '    java.version = 11.0.9';"
                + " echo '    os.arch = amd64' >&2; echo '    os.name = Linux'");
    assertEquals(new WorkerJdk(java, "11.0.9", LINUX), WorkerJdk.of(java));
  }

  @Test
  void aRealJavaAnswers() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    WorkerJdk answer = JdkQuestion.read(java);
    assertEquals(System.getProperty("java.version"), answer.version());
    assertEquals(Platform.ofThisMachine(), answer.platform());
  }

  @Test
  void aLauncherThatCannotRunIsNamed() throws Exception {
    for (String java : new String[] {launcher("exit 3"), home.resolve("none/java").toString()}) {
      String message = assertThrows(BadInputException.class, () -> WorkerJdk.of(java)).getMessage();
      assertTrue(message.contains(java + ", cannot be used"), message);
    }
  }

  @Test
  void mavensOwnJavaIsNotChecked() throws Exception {
    Path own = Path.of(System.getProperty("java.home"));
    assertEquals(own.resolve("bin/java").toString(), WorkerJdk.launcher(Optional.empty()));
    Path link = Files.createSymbolicLink(home.resolve("link"), own);
    String linked = link.resolve("bin/java").toString();
    assertEquals(linked, WorkerJdk.launcher(Optional.of(linked)));
  }

  @Test
  void anUnfitToolchainIsRefused() throws Exception {
    String java = released("11.0.2", "Linux", "x86_64");
    assertThrows(BadInputException.class, () -> WorkerJdk.launcher(Optional.of(java)));
  }
}
