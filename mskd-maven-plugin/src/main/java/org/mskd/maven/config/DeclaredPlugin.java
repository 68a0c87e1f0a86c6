package org.mskd.maven.config;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * A plugin as a project declares it, also under plugin management if the build does not name it.
 */
final class DeclaredPlugin {
  private DeclaredPlugin() {}

  /**
   * Finds it.
   *
   * @param project the project, possibly Maven's placeholder if there is no POM
   * @param pluginKey {@code groupId:artifactId}
   */
  static Optional<Plugin> of(MavenProject project, String pluginKey) {
    Plugin built = project.getPlugin(pluginKey);
    PluginManagement management = project.getPluginManagement();
    if (built != null || management == null) {
      return Optional.ofNullable(built);
    }
    return Optional.ofNullable(management.getPluginsAsMap().get(pluginKey));
  }

  /** The configuration of the plugin and that of each of its executions. */
  static Stream<Xpp3Dom> configurations(Plugin plugin) {
    return Stream.concat(
        dom(plugin.getConfiguration()).stream(),
        plugin.getExecutions().stream().flatMap(e -> dom(e.getConfiguration()).stream()));
  }

  /** The configuration of an execution; if there is none of that id, the plugin's. */
  static Optional<Xpp3Dom> configuration(Plugin plugin, String executionId) {
    return plugin.getExecutions().stream()
        .filter(execution -> execution.getId().equals(executionId))
        .findFirst()
        .map(PluginExecution::getConfiguration)
        .or(() -> Optional.ofNullable(plugin.getConfiguration()))
        .flatMap(DeclaredPlugin::dom);
  }

  private static Optional<Xpp3Dom> dom(Object configuration) {
    return configuration instanceof Xpp3Dom dom ? Optional.of(dom) : Optional.empty();
  }
}
