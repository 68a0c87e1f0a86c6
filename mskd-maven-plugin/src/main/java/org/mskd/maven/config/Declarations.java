package org.mskd.maven.config;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginConfiguration;
import org.apache.maven.model.PluginContainer;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Where the elements of a merged configuration were declared: Maven merges those of a POM, its
 * parents, its profiles and its executions, and keeps the line of each element.
 */
final class Declarations {
  private final Map<Position, Declaration> byPosition = new HashMap<>();
  private final MavenProject project;

  /**
   * Where an element was declared.
   *
   * @param block the {@code <configuration>}, such as {@code profile ct of pom.xml}; elements of
   *     one block were written together
   * @param line of the file, from 1
   */
  record Declaration(String block, int line) {
    /** Such as {@code profile ct of pom.xml, line 57}. */
    String text() {
      return block + ", line " + line;
    }
  }

  private record Position(String source, int line, int column) {}

  private Declarations(MavenProject project) {
    this.project = project;
  }

  /**
   * Of a project and its parents.
   *
   * @param pluginKey {@code groupId:artifactId}
   */
  static Declarations of(MavenProject project, String pluginKey) {
    Declarations declarations = new Declarations(project);
    for (MavenProject at = project; at != null; at = at.getParent()) {
      Model model = at.getOriginalModel();
      if (model != null) {
        String pom = declarations.name(at);
        declarations.addBuild(model.getBuild(), pom, pluginKey);
        for (Profile profile : model.getProfiles()) {
          declarations.addBuild(
              profile.getBuild(), "profile " + profile.getId() + " of " + pom, pluginKey);
        }
      }
    }
    return declarations;
  }

  /** Where an element was declared; empty if Maven does not say. */
  Optional<Declaration> of(Xpp3Dom element) {
    return position(element).map(byPosition::get);
  }

  /**
   * The profile that a project property comes from: of each POM, from the project's upwards, the
   * last active profile overrides the POM itself. Empty if it is a POM's own.
   */
  Optional<String> profileOf(String property) {
    for (MavenProject at = project; at != null; at = at.getParent()) {
      List<Profile> profiles = new ArrayList<>(at.getActiveProfiles());
      Collections.reverse(profiles);
      for (Profile profile : profiles) {
        if (profile.getProperties().containsKey(property)) {
          return Optional.of(profile.getId());
        }
      }
      Model own = at.getOriginalModel();
      if (own != null && own.getProperties().containsKey(property)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The path of a POM from the project's folder; of one in a repository its coordinates. */
  private String name(MavenProject at) {
    File file = at.getFile();
    if (file == null || project.getBasedir() == null) {
      return at.getId();
    }
    return project.getBasedir().toPath().relativize(file.toPath()).toString();
  }

  private void addBuild(PluginConfiguration build, String block, String pluginKey) {
    if (build == null) {
      return;
    }
    addPlugins(build, block, pluginKey);
    if (build.getPluginManagement() != null) {
      addPlugins(build.getPluginManagement(), "<pluginManagement> of " + block, pluginKey);
    }
  }

  private void addPlugins(PluginContainer container, String block, String pluginKey) {
    for (Plugin plugin : container.getPlugins()) {
      if (plugin.getKey().equals(pluginKey)) {
        add(plugin.getConfiguration(), block);
        for (PluginExecution execution : plugin.getExecutions()) {
          add(execution.getConfiguration(), "execution " + execution.getId() + " of " + block);
        }
      }
    }
  }

  private void add(Object configuration, String block) {
    if (configuration instanceof Xpp3Dom dom) {
      position(dom).ifPresent(at -> byPosition.put(at, new Declaration(block, at.line())));
      for (Xpp3Dom child : dom.getChildren()) {
        add(child, block);
      }
    }
  }

  /** Its line; Maven 3 and Maven 4 have different classes with equal methods. */
  private static Optional<Position> position(Xpp3Dom element) {
    Object at = element.getInputLocation();
    Object source = at == null ? null : result(at, "getSource");
    return source == null
        ? Optional.empty()
        : Optional.of(
            new Position(
                String.valueOf(result(source, "getLocation")),
                ((Number) result(at, "getLineNumber")).intValue(),
                ((Number) result(at, "getColumnNumber")).intValue()));
  }

  private static Object result(Object target, String method) {
    try {
      return target.getClass().getMethod(method).invoke(target);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a location of Maven: " + target.getClass(), e);
    }
  }
}
