package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.mskd.problem.BadInputException;

/** Output directories of executions, and modules without an experiment, by Maven's own model. */
class ExecutionsTest {
  private static final String KEY = "org.mskd:mskd-maven-plugin";
  private static final String COMMON = "<threads>2</threads><keep>1</keep>";

  /** Maven merges the plugin's configuration into that of each execution before a goal runs. */
  private static PluginExecution execution(String id, String content) {
    PluginExecution execution = new PluginExecution();
    execution.setId(id);
    execution.setConfiguration(Pom.dom(content));
    return execution;
  }

  private static Plugin plugin(String content, PluginExecution... executions) {
    Plugin plugin = new Plugin();
    plugin.setGroupId("org.mskd");
    plugin.setArtifactId("mskd-maven-plugin");
    plugin.setConfiguration(Pom.dom(content));
    plugin.setExecutions(List.of(executions));
    return plugin;
  }

  private static MavenProject project(Plugin plugin) {
    Model model = new Model();
    model.setBuild(new Build());
    model.getBuild().addPlugin(plugin);
    return new MavenProject(model);
  }

  private static Executions executions(PluginExecution... executions) {
    return Executions.of(project(plugin(COMMON, executions)), KEY);
  }

  @Test
  void theCommandLineAndASoleExecutionShareADirectory() {
    Executions one = executions(execution("run", COMMON + "<seed>1</seed>"));
    assertEquals("", one.suffix("default-cli", false));
    assertEquals("", one.suffix("run", false));
  }

  @Test
  void executionsThatDifferHaveDirectoriesOfTheirOwn() {
    Executions two =
        executions(
            execution("one", COMMON + "<seed>1</seed>"),
            execution("two", COMMON + "<seed>2</seed>"),
            execution("usual", COMMON));
    assertEquals("-one", two.suffix("one", false));
    assertEquals("-two", two.suffix("two", false));
    assertEquals("", two.suffix("usual", false));
    assertEquals("", two.suffix("default-cli", false));
  }

  /** Goals in several phases are several executions. */
  @Test
  void executionsOfEqualConfigurationShareTheDirectoryOfTheFirst() {
    String seeded = "<keep>1</keep><seed>1</seed><threads>2</threads>";
    Executions three =
        executions(
            execution("teachers", seeded),
            execution("student", COMMON + "<seed> 1 </seed>"),
            execution("other", COMMON + "<seed>2</seed>"));
    assertEquals("-teachers", three.suffix("teachers", false));
    assertEquals("-teachers", three.suffix("student", false));
    assertEquals("-other", three.suffix("other", false));
  }

  @Test
  void elementsThatChangeNoResultSeparateNothing() {
    Executions two =
        executions(
            execution("run", COMMON),
            execution(
                "check",
                "<threads>2</threads><keep>3</keep><skip>false</skip><rules><rule>"
                    + "<minimum>0.5</minimum></rule></rules>"));
    assertEquals("", two.suffix("run", false));
    assertEquals("", two.suffix("check", false));
  }

  @Test
  void anOutputDirectoryOfAnExecutionIsKept() {
    Executions two =
        executions(
            execution("one", COMMON + "<seed>1</seed><outputDirectory>x</outputDirectory>"),
            execution("two", COMMON + "<seed>2</seed>"));
    assertEquals("", two.suffix("one", false));
    assertEquals("-two", two.suffix("two", false));
  }

  /** With -Dmskd.outputDirectory their own ones do not count. */
  @Test
  void aUserPropertyForTheDirectorySeparatesThemAgain() {
    Executions two =
        executions(
            execution("one", COMMON + "<seed>1</seed><outputDirectory>x</outputDirectory>"),
            execution("two", COMMON + "<seed>2</seed><outputDirectory>y</outputDirectory>"));
    assertEquals(List.of(), two.apart(false));
    assertEquals(List.of("one", "two"), two.apart(true));
    assertEquals("-one", two.suffix("one", true));
  }

  @Test
  void executionsWithoutResultsMoveNothing() {
    PluginExecution experiment = execution("experiment", COMMON + "<seed>1</seed>");
    experiment.setGoals(List.of("run"));
    PluginExecution fetch = execution("fetch", COMMON);
    fetch.setGoals(List.of("resolve", "status"));
    PluginExecution off = execution("off", COMMON + "<seed>2</seed>");
    off.setGoals(List.of("run"));
    off.setPhase("none");
    Executions three = executions(experiment, fetch, off);
    assertEquals("", three.suffix("experiment", false));
    assertEquals("", three.suffix("fetch", false));
    // On the command line it would replace the results of the first.
    assertEquals("-off", three.suffix("off", false));
  }

  /** No build runs them, but {@code mvn mskd:run@one mskd:run@two} does. */
  @Test
  void executionsWithoutAPhaseDoNotReplaceEachOthersResults() {
    PluginExecution one = execution("one", COMMON + "<seed>1</seed>");
    PluginExecution two = execution("two", COMMON + "<seed>2</seed>");
    one.setPhase("none");
    two.setPhase("none");
    assertEquals(List.of("one", "two"), executions(one, two).apart(false));
    assertEquals(List.of(), executions(one).apart(false));
  }

  @Test
  void jvmOptionsSeparateExecutionsIfTheyMayChangeResults() {
    String options = "<jvmArguments><jvmArgument>%s</jvmArgument></jvmArguments>";
    Executions collector =
        executions(
            execution("one", COMMON), execution("two", COMMON + options.formatted("-XX:+UseZGC")));
    assertEquals(List.of(), collector.apart(false));
    Executions property =
        executions(
            execution("one", COMMON), execution("two", COMMON + options.formatted("-Ddtype=x")));
    assertEquals(List.of("two"), property.apart(false));
  }

  /** The directory of the goal reproduce is target/mskd-reproduce. */
  @Test
  void anIdThatWouldMeetTheGoalReproduceIsRefused() {
    Executions two =
        executions(
            execution("reproduce", COMMON + "<seed>1</seed>"),
            execution("two", COMMON + "<seed>2</seed>"));
    assertThrows(BadInputException.class, () -> two.suffix("reproduce", false));
    // Others are not concerned.
    assertEquals("-two", two.suffix("two", false));
    assertEquals(List.of("reproduce", "two"), two.apart(false));
  }

  @Test
  void executionsThatDeclareAnExperimentAreListed() {
    Executions two =
        executions(execution("one", "<datasets><dataset/></datasets>"), execution("two", COMMON));
    assertEquals(List.of("one"), two.withExperiment());
  }

  @Test
  void anIdThatIsNoFolderIsRefused() {
    Executions two =
        executions(
            execution("../one", COMMON + "<seed>1</seed>"),
            execution("two", COMMON + "<seed>2</seed>"));
    String message =
        assertThrows(BadInputException.class, () -> two.suffix("../one", false)).getMessage();
    assertTrue(message.contains("'../one'") && message.contains("<outputDirectory>"), message);
  }

  @Test
  void anExecutionOfTheCommandLineIsDeclaredHereOrInAnotherModule() {
    Executions one = executions(execution("run", COMMON));
    assertFalse(one.lack("run"));
    assertFalse(one.lack("default-cli"));
    assertTrue(one.lack("rum"));
    assertEquals(
        "There is no execution 'rum' of mskd-maven-plugin. Declared are run.",
        one.unknown("rum").getMessage());
    MavenProject without = new MavenProject(new Model());
    assertTrue(Executions.of(without, KEY).lack("run"));
    MavenProject with = project(plugin(COMMON, execution("run", COMMON)));
    assertTrue(Modules.declareExecution(List.of(without, with), KEY, "run"));
    assertFalse(Modules.declareExecution(List.of(without, with), KEY, "rum"));
  }

  @Test
  void aModuleIsLeftOutOnlyIfAnotherOneDeclaresAnExperiment() {
    MavenProject parent = project(plugin(COMMON));
    MavenProject experiment =
        project(plugin("", execution("run", "<datasets><dataset/></datasets>")));
    MavenProject managed = new MavenProject(new Model());
    managed.getModel().setBuild(new Build());
    managed.getModel().getBuild().setPluginManagement(new PluginManagement());
    managed
        .getModel()
        .getBuild()
        .getPluginManagement()
        .addPlugin(plugin("<teachers><teacher/></teachers>"));
    assertTrue(Modules.declareExperiment(List.of(parent, experiment), KEY));
    assertTrue(Modules.declareExperiment(List.of(parent, managed), KEY));
    assertFalse(Modules.declareExperiment(List.of(parent, parent), KEY));
    assertFalse(Modules.declareExperiment(List.of(experiment), KEY));
  }
}
