package org.mskd.maven.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The modules of a build, and which of them declare an experiment. */
public final class Modules {
  private static final Set<String> EXPERIMENT = Set.of("datasets", "teachers", "unlabelled");

  private Modules() {}

  /**
   * Whether one of the modules declares an execution.
   *
   * @param projects the modules of the build
   * @param pluginKey {@code groupId:artifactId}
   */
  public static boolean declareExecution(List<MavenProject> projects, String pluginKey, String id) {
    return projects.stream().anyMatch(project -> !Executions.of(project, pluginKey).lack(id));
  }

  /**
   * Whether a goal leaves out a module without an experiment: one of several, of which another one
   * declares an experiment. Alone, it is an error.
   *
   * @param projects the modules of the build
   * @param pluginKey {@code groupId:artifactId}
   */
  public static boolean declareExperiment(List<MavenProject> projects, String pluginKey) {
    return projects.size() > 1
        && projects.stream()
            .map(project -> DeclaredPlugin.of(project, pluginKey))
            .flatMap(Optional::stream)
            .flatMap(DeclaredPlugin::configurations)
            .anyMatch(Modules::declaresExperiment);
  }

  /** Whether a {@code <configuration>} declares an experiment. */
  static boolean declaresExperiment(Object configuration) {
    return configuration instanceof Xpp3Dom dom
        && Arrays.stream(dom.getChildren()).anyMatch(e -> EXPERIMENT.contains(e.getName()));
  }
}
