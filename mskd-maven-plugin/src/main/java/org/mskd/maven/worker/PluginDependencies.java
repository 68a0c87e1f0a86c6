package org.mskd.maven.worker;

import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;

/**
 * What the POM gives the plugin as {@code <dependencies>}: an ND4J backend, or jars with training
 * methods.
 *
 * @param backends ND4J backends
 * @param methods all others, which the worker's class path gets too
 */
public record PluginDependencies(List<Coordinates> backends, List<Coordinates> methods) {
  /** Those that a project declares for a plugin. */
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
