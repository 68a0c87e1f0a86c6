package org.mskd.maven.worker;

import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;

/**
 * The {@code <dependencies>} that the POM declares for the plugin: an ND4J backend, or jars with
 * training methods.
 *
 * @param backends ND4J backends
 * @param methods all others, which are also on the worker's class path
 */
public record PluginDependencies(List<Coordinates> backends, List<Coordinates> methods) {
  /** The dependencies that a project declares for a plugin. */
  public static PluginDependencies of(Plugin plugin) {
    return new PluginDependencies(of(plugin, true), of(plugin, false));
  }

  private static List<Coordinates> of(Plugin plugin, boolean backend) {
    return plugin.getDependencies().stream()
        .filter(one -> BackendSelector.isBackend(one.getArtifactId()) == backend)
        .map(PluginDependencies::coordinates)
        .toList();
  }

  private static Coordinates coordinates(Dependency dependency) {
    return new Coordinates(
        dependency.getGroupId(),
        dependency.getArtifactId(),
        dependency.getVersion(),
        Optional.ofNullable(dependency.getClassifier()).orElse(""));
  }
}
