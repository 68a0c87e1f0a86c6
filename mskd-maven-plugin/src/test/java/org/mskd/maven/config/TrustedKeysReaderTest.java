package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.Properties;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;

class TrustedKeysReaderTest {
  private static String refused(Section section) {
    return assertThrows(BadInputException.class, () -> TrustedKeysReader.read(section))
        .getMessage();
  }

  @Test
  void keysAreRelativeToTheProject() {
    assertEquals(Optional.empty(), TrustedKeysReader.read(Pom.section("")));
    assertEquals(
        Optional.of(Pom.BASEDIR.resolve("keys")),
        TrustedKeysReader.read(Pom.section("<trustedKeys>keys</trustedKeys>")));
    assertEquals(
        Optional.of(Pom.BASEDIR.resolve("others.asc")),
        TrustedKeysReader.read(
            Pom.section("<trustedKeys>keys</trustedKeys>", "trustedKeys=others.asc")));
  }

  /** An empty path would be the project's own folder. */
  @Test
  void aPropertyWithoutAValueIsRefused() {
    String remedy =
        " is empty. Name the file or folder of the keys, or leave it out: then no signature is"
            + " checked.";
    assertEquals(
        "-Dmskd.trustedKeys" + remedy,
        refused(Pom.section("<trustedKeys>keys</trustedKeys>", "trustedKeys= ")));
    assertEquals(
        "<mskd.trustedKeys> of the project's properties" + remedy,
        refused(Pom.section("", new Properties(), Pom.properties("trustedKeys="))));
  }

  @Test
  void whatMavenDoesNotPassIsWhatTheExecutionDeclares() {
    PluginExecution execution = new PluginExecution();
    execution.setId("check");
    execution.setConfiguration(Pom.dom("<trustedKeys>${a}</trustedKeys>"));
    Plugin plugin = new Plugin();
    plugin.setGroupId("org.mskd");
    plugin.setArtifactId("mskd-maven-plugin");
    plugin.setConfiguration(Pom.dom("<trustedKeys>${b}</trustedKeys>"));
    plugin.addExecution(execution);
    Model model = new Model();
    model.setBuild(new Build());
    model.getBuild().addPlugin(plugin);
    MavenProject project = new MavenProject(model);
    assertEquals(Optional.of("${a}"), element(project, plugin, "check", null));
    assertEquals(Optional.of("${b}"), element(project, plugin, "default-cli", null));
    assertEquals(Optional.of("keys"), element(project, plugin, "check", "keys"));
    assertEquals(Optional.empty(), element(new MavenProject(), plugin, "default-cli", null));
  }

  private static Optional<String> element(
      MavenProject project, Plugin plugin, String executionId, String passed) {
    return TrustedKeysReader.element(project, new MojoExecution(plugin, "run", executionId), passed)
        .flatMap(XmlNode::text);
  }
}
