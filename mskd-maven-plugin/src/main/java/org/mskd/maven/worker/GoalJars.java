package org.mskd.maven.worker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;

/** Fetches the jars of the workers of all goals. */
public final class GoalJars {
  private final WorkerClasspath classpath;
  private final Versions versions;

  /** Fetches with a resolver of class paths. */
  public GoalJars(WorkerClasspath classpath, Versions versions) {
    this.classpath = classpath;
    this.versions = versions;
  }

  /**
   * Resolves the jars, which fetches those that are missing.
   *
   * @param machines that they are for
   * @param backend value of {@code <backend>}
   * @param dependencies of the plugin
   * @param locked the environment in a lock, whose natives {@code reproduce} needs; may be empty
   * @return each jar once, in the order of the class paths
   * @throws MojoExecutionException if one cannot be resolved
   */
  public Collection<ResolvedJar> fetch(
      List<BackendSelector> machines,
      String backend,
      PluginDependencies dependencies,
      Map<String, String> locked)
      throws MojoExecutionException {
    Map<Coordinates, ResolvedJar> all = new LinkedHashMap<>();
    for (BackendSelector machine : machines) {
      Set<String> backends = new LinkedHashSet<>(List.of(backend));
      // The lock's natives may be for another processor than this one.
      LockedBackend.of(locked, machine.platform(), CpuFeatures.WITH_AVX512)
          .ifPresent(backends::add);
      for (String one : backends) {
        Backend chosen = machine.select(one, dependencies.backends());
        for (WorkerParts parts : WorkerParts.ofAllGoals(chosen, dependencies, versions)) {
          for (ResolvedJar jar : classpath.fetch(parts, machine.platform())) {
            all.putIfAbsent(jar.coordinates(), jar);
          }
        }
      }
    }
    return all.values();
  }
}
