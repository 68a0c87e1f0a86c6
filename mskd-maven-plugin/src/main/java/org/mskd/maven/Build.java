package org.mskd.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.repository.RemoteRepository;
import org.mskd.maven.progress.ProgressView;
import org.mskd.maven.progress.Terminal;

/**
 * Maven's objects for a goal.
 *
 * @param log of the build
 * @param session of the build
 * @param project the module
 * @param execution of the goal
 */
record Build(Log log, MavenSession session, MavenProject project, MojoExecution execution) {
  /** The repositories of dependencies and plugins. */
  List<RemoteRepository> repositories() {
    Set<RemoteRepository> remotes = new LinkedHashSet<>(project.getRemoteProjectRepositories());
    remotes.addAll(project.getRemotePluginRepositories());
    return new ArrayList<>(remotes);
  }

  /** The command that runs another goal of this plugin here. */
  String command(String goal) {
    Plugin plugin = execution.getPlugin();
    String prefix =
        project.getPlugin(plugin.getKey()) != null
            ? "mskd"
            : plugin.getKey() + ":" + plugin.getVersion();
    String id = execution.getExecutionId();
    return "mvn " + prefix + ":" + goal + (id.startsWith("default-") ? "" : "@" + id);
  }

  /** The display name of the module: its folder's name, without the folders above it. */
  String module() {
    return Optional.ofNullable(project.getBasedir())
        .map(folder -> folder.toPath().toAbsolutePath().normalize().getFileName())
        .map(Path::toString)
        .orElse("");
  }

  /** A view of events for this build's terminal or log. */
  ProgressView view() {
    boolean alone = session.getRequest().getDegreeOfConcurrency() <= 1;
    boolean interactive = alone && session.getRequest().isInteractiveMode();
    String maven = session.getSystemProperties().getProperty("maven.version", "");
    String style = session.getUserProperties().getProperty("style.color", "auto");
    boolean separate = System.out != System.err;
    return Terminal.of(interactive && Terminal.isWritten(maven, style, separate)).view(log);
  }

  /** Logs a text once in a build, however many executions and modules log it. */
  void infoOnce(String text) {
    once(text, log::info);
  }

  /** Warns once in a build, however many executions and modules warn of it. */
  void warnOnce(String text) {
    once(text, log::warn);
  }

  private void once(String text, Consumer<String> level) {
    Map<String, Object> shared = session.getRequest().getData();
    synchronized (shared) {
      if (shared.putIfAbsent(Build.class.getName() + ": " + text, text) == null) {
        level.accept(text);
      }
    }
  }
}
