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
          "argLine",
          "jvmArguments",
          "checkpointEvery",
          "parallel",
          "keep",
          "cacheDirectory",
          "cacheSize",
          "rerun",
          "reread",
          "lockNames",
          "reportImages",
          "reportSize",
          "skip",
          "outputDirectory",
          "prediction",
          "rules");

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
    return !id.equals(COMMAND_LINE) && !ids().contains(id);
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
    return plugin.map(Plugin::getExecutions).orElse(List.of()).stream()
        .map(PluginExecution::getId)
        .toList();
  }

  /**
   * What is appended to the name of the output directory: {@code -ID} for an execution that differs
   * both from the configuration of the plugin, which the command line has, and from another
   * execution. Executions of equal configuration have the id of the first of them. Empty also for
   * an execution that declares an output directory of its own.
   *
   * @throws BadInputException if the id cannot be part of a folder's name
   */
  public String suffix(String id) {
    if (plugin.isEmpty()) {
      return "";
    }
    List<PluginExecution> executions = plugin.get().getExecutions();
    Optional<PluginExecution> own =
        executions.stream().filter(e -> e.getId().equals(id)).findFirst();
    if (own.isEmpty() || hasOwnDirectory(own.get())) {
      return "";
    }
    String results = results(own.get().getConfiguration());
    List<PluginExecution> equal =
        executions.stream().filter(e -> results(e.getConfiguration()).equals(results)).toList();
    boolean sole = equal.size() == executions.size();
    boolean ofCommandLine = results.equals(results(plugin.get().getConfiguration()));
    return sole || ofCommandLine ? "" : "-" + requireName(equal.get(0).getId());
  }

  /** The executions whose output directory is not that of the command line. */
  public List<String> apart() {
    return ids().stream().filter(id -> !suffix(id).isEmpty()).toList();
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

  private static String requireName(String id) {
    if (!id.matches("[A-Za-z0-9._-]+")) {
      throw new BadInputException(
          "The execution '"
              + id
              + "' differs from others, and its id cannot be part of the name of its output"
              + " directory.",
          "Choose an id of letters, digits, '.', '-' and '_', or give it an <outputDirectory>.");
    }
    return id;
  }
}
