package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;

class ConfigurationCheckTest {
  private static final String KEY = "org.mskd:mskd-maven-plugin";

  private static Plugin plugin() {
    Plugin plugin = new Plugin();
    plugin.setGroupId("org.mskd");
    plugin.setArtifactId("mskd-maven-plugin");
    return plugin;
  }

  private static MavenProject projectWith(Plugin plugin) {
    Build build = new Build();
    build.addPlugin(plugin);
    Model model = new Model();
    model.setBuild(build);
    return new MavenProject(model);
  }

  private static void assertRefused(MavenProject project, String... parts) {
    BadInputException refused =
        assertThrows(BadInputException.class, () -> ConfigurationCheck.check(project, KEY));
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage() + " lacks " + part);
    }
  }

  private static void assertRefused(String content, String... parts) {
    Plugin plugin = plugin();
    plugin.setConfiguration(Pom.dom(content));
    assertRefused(projectWith(plugin), parts);
  }

  @Test
  void namesAnUnknownElementWhereItStandsAndWhatIsAllowed() {
    assertAll(
        () ->
            assertRefused(
                "<sede>1</sede>",
                "<sede> in the <configuration> of mskd-maven-plugin",
                "Did you mean <seed>?",
                "<outputDirectory>"),
        () ->
            assertRefused(
                "<training><epoch>3</epoch></training>",
                "<epoch> in <training> is not known",
                "Did you mean <epochs>?",
                "<learningRate>"),
        () ->
            assertRefused(
                "<datasets><dataset><organ>liver</organ><dir>a</dir></dataset></datasets>",
                "<dir> in <dataset>",
                "<organ>, <directory>, <labelValues>"),
        () -> assertRefused("<datasets><set/></datasets>", "<set> in <datasets>", "<dataset>"),
        () -> assertRefused("<epochs>3</epochs>", "It belongs in <training>."),
        () ->
            assertRefused(
                "<training><preset>nnunet</preset></training>",
                "<preset> in <training> is not known",
                "It belongs in <configuration>."),
        () -> assertRefused("<seed><value>1</value></seed>", "<seed> holds elements"),
        () -> assertRefused("<training>fast</training>", "<training> holds the text 'fast'"),
        () -> assertRefused("<seed> </seed>", "<seed> in the <configuration>", "is empty"),
        () -> assertRefused("<training><epochs/></training>", "<epochs> in <training> is empty"),
        () ->
            assertRefused(
                "<methods><method>mskd</method></methods>",
                "<method> holds the text 'mskd'",
                "Write <name>mskd</name>."),
        () -> assertRefused("<methods>mskd</methods>", "<methods> holds the text", "<method>"),
        () ->
            assertRefused(
                "<methods><method><name>a</name><overlap/></method></methods>",
                "<overlap> in <method> is empty"),
        () ->
            assertRefused(
                "<methods><method><name>a</name><epochs>3</epochs></method></methods>",
                "<epochs> in <method> is not known",
                "It belongs in <training>."),
        () ->
            assertRefused(
                "<overlap>sum</overlap>", "<overlap> in", "It belongs in <distillation>."),
        () ->
            assertRefused(
                "<teachers><teacher><organ>a</organ><file>b</file></teacher></teachers>",
                "<file> in <teacher>",
                "<organ>, <model>"),
        () ->
            assertRefused(
                "<unlabelled><directory>a</directory></unlabelled>",
                "<directory> in <unlabelled> is not known",
                "<images>"),
        () -> assertRefused("<seed>1</seed><seed>2</seed>", "<seed> occurs twice"));
  }

  @Test
  void checksEveryExecution() {
    Plugin plugin = plugin();
    plugin.setConfiguration(Pom.dom("<seed>1</seed>"));
    PluginExecution execution = new PluginExecution();
    execution.setId("nightly");
    execution.setConfiguration(Pom.dom("<trainig/>"));
    plugin.addExecution(execution);
    assertRefused(projectWith(plugin), "<trainig>", "execution nightly", "<training>");
  }

  @Test
  void checksPluginManagementIfTheBuildDoesNotNameThePlugin() {
    Plugin plugin = plugin();
    plugin.setConfiguration(Pom.dom("<threds>2</threds>"));
    Build build = new Build();
    build.setPluginManagement(new PluginManagement());
    build.getPluginManagement().addPlugin(plugin);
    Model model = new Model();
    model.setBuild(build);
    assertRefused(new MavenProject(model), "<threds>", "<threads>");
  }

  @Test
  void acceptsAllKnownElements() {
    Plugin plugin = plugin();
    plugin.setConfiguration(
        Pom.dom(
            """
            <seed>1</seed>
            <datasets>
              <dataset><organ>liver</organ><directory>a</directory></dataset>
              <dataset><organ>spleen</organ><directory>b</directory></dataset>
            </datasets>
            <teachers>
              <teacher><organ>liver</organ><model>a</model></teacher>
              <teacher><organ>spleen</organ><model>b</model></teacher>
            </teachers>
            <unlabelled>
              <images><name>a</name><directory>a</directory></images>
              <images><name>b</name><directory>b</directory></images>
            </unlabelled>
            <methods>
              <method><name>mskd</name></method>
              <method><name>mine</name><featureWeight>5</featureWeight></method>
            </methods>
            <testSet><directory>t</directory><labels>
              <label><organ>liver</organ><value>1</value></label>
              <label><organ>spleen</organ><value>2</value></label>
            </labels></testSet>
            """));
    assertDoesNotThrow(() -> ConfigurationCheck.check(projectWith(plugin), KEY));
    assertDoesNotThrow(() -> ConfigurationCheck.check(new MavenProject(), KEY));
  }
}
