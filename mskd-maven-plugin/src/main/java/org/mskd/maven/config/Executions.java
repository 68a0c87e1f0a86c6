package org.mskd.maven.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.mskd.problem.BadInputException;

/**
 * The executions that a POM declares, and which of them share an output directory. Two executions
 * whose results would differ, in one directory, would train each other's models again in every
 * build.
 */
public final class Executions {
  /** The execution of a goal that is named on the command line without one. */
  private static final String COMMAND_LINE = "default-cli";

  /** Elements that change no result, or none that another execution would compute again. */
  private static final Set<String> WITHOUT_RESULTS =
      Set.of(
          "maxHeap",
          "maxOffHeap",
          "nativesCache",
          "checkpointEvery",
          "parallel",
          "keep",
          "cacheDirectory",
          "cacheSize",
          "rerun",
          "reread",
          "lockNames",
          "trustedKeys",
          "reportImages",
          "reportSize",
          "skip",
          "outputDirectory",
          "prediction",
          "mainModel",
          "attachReport",
          "publication",
          "rules");

  /** Goals that write results into the output directory. */
  private static final Set<String> GOALS_WITH_RESULTS =
      Set.of(
          "prepare",
          "check-data",
          "train-teachers",
          "distill",
          "evaluate",
          "check",
          "run",
          "cross-validate",
          "report",
          "export");

  private static final Set<String> JVM_OPTIONS = Set.of("argLine", "jvmArguments");

  private final Optional<Plugin> plugin;

  private Executions(Optional<Plugin> plugin) {
    this.plugin = plugin;
  }

  /**
   * Those of a project.
   *
   * @param pluginKey {@code groupId:artifactId}
   */
  public static Executions of(MavenProject project, String pluginKey) {
    return new Executions(DeclaredPlugin.of(project, pluginKey));
  }

  /**
   * Whether the command line, as in {@code mvn mskd:run@ID}, names an execution that this module
   * does not declare. Maven itself would run the goal with the configuration of the plugin.
   */
  public boolean lack(String id) {
    return !COMMAND_LINE.equals(id) && !ids().contains(id);
  }

  /** The error for an execution that is not declared. */
  public BadInputException unknown(String id) {
    return new BadInputException(
        "There is no execution '" + id + "' of mskd-maven-plugin.",
        ids().isEmpty()
            ? "This POM declares none: leave @" + id + " out."
            : "Declared are " + String.join(", ", ids()) + ".");
  }

  private List<String> ids() {
    return executions().stream().map(PluginExecution::getId).toList();
  }

  private List<PluginExecution> executions() {
    return plugin.map(Plugin::getExecutions).orElse(List.of());
  }

  /**
   * What is appended to the name of the output directory: {@code -ID} for an execution that differs
   * both from the configuration of the plugin, which the command line has, and from another
   * execution. Executions of equal configuration have the id of the first of them. Empty also for
   * an execution that declares an output directory of its own, unless a user property replaces it.
   *
   * @param directoryGiven whether a user property gives the output directory
   * @throws BadInputException if the id cannot be part of a folder's name
   */
  public String suffix(String id, boolean directoryGiven) {
    return folder(id, directoryGiven).map(Executions::requireName).map(n -> "-" + n).orElse("");
  }

  /** Whether the output directory of an execution is not that of the command line. */
  public boolean isApart(String id, boolean directoryGiven) {
    return folder(id, directoryGiven).isPresent();
  }

  /** The executions whose output directory is not that of the command line. */
  public List<String> apart(boolean directoryGiven) {
    return ids().stream().filter(id -> isApart(id, directoryGiven)).toList();
  }

  /** The executions that declare data sets or teachers, which the plugin itself does not. */
  public List<String> withExperiment() {
    return executions().stream()
        .filter(e -> Modules.declaresExperiment(e.getConfiguration()))
        .map(PluginExecution::getId)
        .toList();
  }

  /** The id that is appended to the name of the output directory; empty if none is. */
  private Optional<String> folder(String id, boolean directoryGiven) {
    Optional<PluginExecution> own =
        executions().stream().filter(e -> e.getId().equals(id)).findFirst();
    if (COMMAND_LINE.equals(id) || own.isEmpty() || !directoryGiven && hasOwnDirectory(own.get())) {
      return Optional.empty();
    }
    String results = results(own.get().getConfiguration());
    // One without a phase is run on the command line alone, and then so may all be.
    List<PluginExecution> others =
        executions().stream()
            .filter(e -> e == own.get() || hasResults(e) || isOff(own.get()) && mayHaveResults(e))
            .toList();
    List<PluginExecution> equal =
        others.stream().filter(e -> results(e.getConfiguration()).equals(results)).toList();
    boolean sole = equal.size() == others.size();
    boolean ofCommandLine = results.equals(results(plugin.orElseThrow().getConfiguration()));
    return sole || ofCommandLine ? Optional.empty() : Optional.of(equal.get(0).getId());
  }

  /** Whether it runs goals with results, in a build or, without goals, on the command line. */
  private static boolean hasResults(PluginExecution execution) {
    return mayHaveResults(execution) && !isOff(execution);
  }

  /** Whether no build runs it, by the phase {@code none}. */
  private static boolean isOff(PluginExecution execution) {
    return "none".equals(execution.getPhase());
  }

  private static boolean mayHaveResults(PluginExecution execution) {
    return !execution.getId().equals(COMMAND_LINE)
        && (execution.getGoals().isEmpty()
            || execution.getGoals().stream().anyMatch(GOALS_WITH_RESULTS::contains));
  }

  private boolean hasOwnDirectory(PluginExecution execution) {
    return !directory(execution.getConfiguration())
        .equals(directory(plugin.orElseThrow().getConfiguration()));
  }

  private static String directory(Object configuration) {
    Xpp3Dom given = configuration instanceof Xpp3Dom dom ? dom.getChild("outputDirectory") : null;
    return given == null ? "" : String.valueOf(given.getValue());
  }

  /** The elements that results depend on, as a text: equal texts give equal results. */
  private static String results(Object configuration) {
    return configuration instanceof Xpp3Dom dom
        ? Arrays.stream(dom.getChildren())
            .filter(child -> !WITHOUT_RESULTS.contains(child.getName()))
            .filter(child -> !JVM_OPTIONS.contains(child.getName()) || mayChangeResults(child))
            .map(Executions::text)
            .sorted()
            .collect(Collectors.joining())
        : "";
  }

  private static String text(Xpp3Dom element) {
    String content =
        element.getChildCount() == 0
            ? String.valueOf(element.getValue()).strip()
            : Arrays.stream(element.getChildren())
                .map(Executions::text)
                .collect(Collectors.joining());
    return "<" + element.getName() + ">" + content + "</" + element.getName() + ">";
  }

  /** Whether JVM options hold a system property or replace functions of the JVM. */
  private static boolean mayChangeResults(Xpp3Dom options) {
    String text = text(options);
    return text.contains("-D") || text.contains("Intrinsic");
  }

  /** The id; target/mskd-reproduce is the directory of the goal reproduce. */
  private static String requireName(String id) {
    if (!id.matches("[A-Za-z0-9._-]+") || id.matches("(?:.*-)?reproduce")) {
      throw new BadInputException(
          "The execution '"
              + id
              + "' differs from others, and its id cannot be part of the name of its output"
              + " directory.",
          "Choose an id of letters, digits, '.', '-' and '_' that does not end with reproduce, or"
              + " give it an <outputDirectory>.");
    }
    return id;
  }
}
