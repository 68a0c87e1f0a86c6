package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.Test;

class DeclaredValuesTest {
  private final MavenProject project = new MavenProject(new Model());
  private final Plugin plugin = new Plugin();

  DeclaredValuesTest() {
    PluginExecution execution = new PluginExecution();
    execution.setId("check");
    execution.setConfiguration(Pom.dom("<seed>${undefined}</seed>"));
    plugin.setGroupId("org.mskd");
    plugin.setArtifactId("mskd-maven-plugin");
    plugin.setConfiguration(Pom.dom("<seed>${late}</seed><threads>2</threads>"));
    plugin.addExecution(execution);
    project.getModel().setBuild(new Build());
    project.getModel().getBuild().addPlugin(plugin);
  }

  @Test
  void whatNothingDefinesIsWhatTheExecutionDeclares() {
    assertEquals(Optional.of("${undefined}"), declared("check", "seed", null));
    assertEquals(Optional.of("${undefined}"), declared("check", "seed", "2021"));
  }

  @Test
  void whatMavenPassesIsDeclaredUnlessItIsOfTheProject() {
    assertEquals(Optional.of("7"), declared("default-cli", "seed", "7"));
    assertEquals(Optional.of("2"), declared("default-cli", "threads", "2"));
    assertEquals(Optional.empty(), declared("default-cli", "parallel", null));
    project.getModel().addProperty("mskd.parallel", "8");
    assertEquals(Optional.empty(), declared("default-cli", "parallel", "8"));
  }

  @Test
  void withoutAPomNothingIsDeclared() {
    DeclaredValues none =
        new DeclaredValues(session(), new MavenProject(), execution("default-cli"));
    assertEquals(Optional.empty(), none.of("seed", null));
  }

  private Optional<String> declared(String executionId, String name, String passed) {
    return new DeclaredValues(session(), project, execution(executionId))
        .of(name, passed)
        .flatMap(XmlNode::text);
  }

  /** With a property that the command line defines. */
  private MavenSession session() {
    MavenExecutionRequest request = new DefaultMavenExecutionRequest();
    Properties user = new Properties();
    user.setProperty("late", "7");
    MavenSession session =
        new MavenSession(
            null,
            (RepositorySystemSession) null,
            request.setUserProperties(user).setSystemProperties(new Properties()),
            new DefaultMavenExecutionResult());
    session.setProjects(List.of(project));
    return session;
  }

  private MojoExecution execution(String id) {
    return new MojoExecution(plugin, "run", id);
  }
}
