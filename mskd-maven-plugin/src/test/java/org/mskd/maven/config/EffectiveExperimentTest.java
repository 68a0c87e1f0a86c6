package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Properties;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

/** Without lines of a POM, which MergedListsTest and the integration test have. */
class EffectiveExperimentTest {
  private static final String KEY = "org.mskd:mskd-maven-plugin";
  private static final String SETS =
      "<datasets><dataset><organ>liver</organ><directory>l</directory></dataset></datasets>";

  private static List<String> lines(String content, Properties user, Properties ofProject) {
    Plugin plugin = new Plugin();
    plugin.setGroupId("org.mskd");
    plugin.setArtifactId("mskd-maven-plugin");
    plugin.setConfiguration(Pom.dom(content));
    Model model = new Model();
    model.setBuild(new Build());
    model.getBuild().addPlugin(plugin);
    Section root = Pom.section(content + "<outputDirectory>o</outputDirectory>", user, ofProject);
    return EffectiveExperiment.lines(
        root,
        new ExperimentReader(root).experiment(),
        WorkerSettings.of(root),
        new MavenProject(model),
        KEY,
        "default-cli");
  }

  private static void assertLine(List<String> lines, String path, String value, String source) {
    List<String> found = lines.stream().filter(line -> line.startsWith(path + " ")).toList();
    assertEquals(1, found.size(), path + ": " + found);
    assertTrue(
        found.get(0).matches("\\S.*? +\\Q" + value + "\\E +\\Q(" + source + ")\\E"), found.get(0));
  }

  @Test
  void eachValueHasItsOrigin() {
    List<String> lines =
        lines(
            SETS + "<preset>fast</preset><training><batchSize>2</batchSize></training>",
            Pom.properties("seed=5", "window=-100 300"),
            Pom.properties("depth=3"));
    assertLine(lines, "seed", "5", "-Dmskd.seed");
    assertLine(lines, "preset", "fast", "POM");
    assertLine(lines, "training/batchSize", "2", "POM");
    assertLine(lines, "training/epochs", "4", "default");
    assertLine(lines, "training/schedule", "cosine", "preset fast");
    assertLine(lines, "training/learningRate", "0.001", "preset fast");
    assertLine(lines, "network/depth", "3", "mskd.depth of <properties>");
    assertLine(lines, "network/baseChannels", "16", "preset fast");
    assertLine(lines, "preprocessing/window", "-100 300", "-Dmskd.window");
    assertLine(lines, "distillation/labelWeight", "1", "preset fast");
    assertLine(lines, "validation/folds", "5", "default");
    assertLine(lines, "datasets/dataset 1/organ", "liver", "POM");
    assertEquals("student mskd: mskd with labelWeight 1", lines.get(lines.size() - 1));
  }

  /** Every default that the help names is the value that is read. */
  @Test
  void withoutAnElementEachValueIsTheDefaultOfTheHelp() {
    List<String> lines = lines(SETS, new Properties(), new Properties());
    int compared = 0;
    for (String group :
        List.of("validation", "preprocessing", "network", "training", "distillation")) {
      for (Element element : Schema.ROOT.child(group).orElseThrow().children()) {
        String path = group + "/" + element.name();
        String line =
            lines.stream().filter(l -> l.startsWith(path + " ")).findFirst().orElseThrow();
        String value = line.substring(path.length(), line.lastIndexOf('(')).strip();
        String usual = element.defaultText();
        assertTrue(
            value.equals(usual) || Double.parseDouble(value) == Double.parseDouble(usual), line);
        assertTrue(line.endsWith("(default)"), line);
        compared++;
      }
    }
    assertTrue(compared > 45, compared + " defaults compared");
  }
}
