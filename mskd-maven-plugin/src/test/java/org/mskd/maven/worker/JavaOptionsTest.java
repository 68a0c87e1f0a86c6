package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaOptionsTest {
  @Test
  void placesOfNativesArePassedOn() {
    JavaOptions options =
        JavaOptions.of(
            Map.of(
                "JAVA_TOOL_OPTIONS",
                "'-Djava.io.tmpdir=/my tmp' -Dorg.bytedeco.javacpp.cachedir=/c",
                "JDK_JAVA_OPTIONS",
                "-Dorg.nd4j.log.initialization=false",
                "_JAVA_OPTIONS",
                "-Djava.io.tmpdir=relative"));
    assertEquals(List.of(), options.leftOut());
    assertEquals(
        List.of(
            "-Djava.io.tmpdir=/my tmp",
            "-Dorg.bytedeco.javacpp.cachedir=/c",
            "-Dorg.nd4j.log.initialization=false",
            "-Djava.io.tmpdir=" + Path.of("relative").toAbsolutePath()),
        options.passed());
  }

  @Test
  void allOthersAreNamedAndTheirSecretsAreNot() {
    JavaOptions options =
        JavaOptions.of(
            Map.of(
                "JAVA_TOOL_OPTIONS",
                "-XX:+UseG1GC",
                "_JAVA_OPTIONS",
                "-Xmx300m -Dproxy.password=geheim -javaagent:/a.jar=token -Djava.io.tmpdirs=x"));
    assertEquals(List.of(), options.passed());
    assertEquals(
        List.of(
            "JAVA_TOOL_OPTIONS: -XX:+UseG1GC is not passed to the worker.",
            "_JAVA_OPTIONS: -Xmx300m -Dproxy.password=... -javaagent:/a.jar=..."
                + " -Djava.io.tmpdirs=... are not passed to the worker."),
        options.leftOut());
  }
}
