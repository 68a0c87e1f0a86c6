package org.mskd.maven.config;

import java.util.HashSet;
import java.util.Set;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.mskd.problem.BadInputException;

/**
 * Rejects unknown elements. Maven ignores them at the top level of a configuration, so the XML of
 * the model is checked: the plugin's and that of all its executions.
 */
public final class ConfigurationCheck {
  private ConfigurationCheck() {}

  /**
   * Checks all configuration that a project declares for a plugin, also under plugin management if
   * the build does not name the plugin.
   *
   * @param project the project, possibly Maven's placeholder if there is no POM
   * @param pluginKey {@code groupId:artifactId}
   * @throws BadInputException naming the element, its parent and what is allowed there
   */
  public static void check(MavenProject project, String pluginKey) {
    DeclaredPlugin.of(project, pluginKey).ifPresent(ConfigurationCheck::check);
  }

  /**
   * Checks that no item of a list is mixed from several declarations.
   *
   * @param executionId the execution whose configuration is checked
   * @throws BadInputException naming the item, and where its parts were declared
   */
  public static void checkLists(MavenProject project, String pluginKey, String executionId) {
    MergedLists lists = new MergedLists(Declarations.of(project, pluginKey));
    DeclaredPlugin.of(project, pluginKey)
        .flatMap(plugin -> DeclaredPlugin.configuration(plugin, executionId))
        .ifPresent(lists::check);
  }

  private static void check(Plugin plugin) {
    String name = plugin.getArtifactId();
    if (plugin.getConfiguration() instanceof Xpp3Dom dom) {
      check(XmlNode.of(dom), Schema.ROOT, "the <configuration> of " + name);
    }
    for (PluginExecution execution : plugin.getExecutions()) {
      if (execution.getConfiguration() instanceof Xpp3Dom dom) {
        check(
            XmlNode.of(dom),
            Schema.ROOT,
            "the <configuration> of execution " + execution.getId() + " of " + name);
      }
    }
  }

  /** Checks a whole {@code <configuration>} as Maven passes it to a goal. */
  public static void check(XmlNode configuration) {
    check(configuration, Schema.ROOT, "the <configuration>");
  }

  private static void check(XmlNode node, Element element, String where) {
    if (element.isValue()) {
      if (!node.children().isEmpty()) {
        throw new BadInputException(
            "<" + node.name() + "> holds elements.", "Allowed is a value, without elements.");
      }
      if (node.text().isEmpty()) {
        throw new BadInputException(
            "<" + node.name() + "> in " + where + " is empty.",
            "Give it a value, or leave it out for the default.");
      }
      return;
    }
    node.text()
        .ifPresent(
            text -> {
              throw new BadInputException(
                  "<" + node.name() + "> holds the text '" + text + "'.",
                  (!element.isMap() && element.child("name").isPresent()
                          ? "Write <name>" + text + "</name>. "
                          : "")
                      + "Allowed are the elements "
                      + listOf(element)
                      + ".");
            });
    Set<String> seen = new HashSet<>();
    for (XmlNode child : node.children()) {
      Element known =
          element.child(child.name()).orElseThrow(() -> unknown(child.name(), element, where));
      if (!seen.add(child.name()) && !known.repeated()) {
        throw new BadInputException(
            "<" + child.name() + "> occurs twice in " + where + ".", "Keep one of them.");
      }
      check(child, known, known.isValue() ? where : "<" + child.name() + ">");
    }
  }

  private static BadInputException unknown(String name, Element element, String where) {
    String hint =
        NearestName.of(name, element.childNames())
            .map(nearest -> "Did you mean <" + nearest + ">? ")
            .or(
                () ->
                    Schema.holderOf(name).map(holder -> "It belongs in <" + holder.name() + ">. "))
            .orElse("");
    return new BadInputException(
        "<" + name + "> in " + where + " is not known.",
        hint + "Allowed there are " + listOf(element) + ".");
  }

  private static String listOf(Element element) {
    if (element.isMap()) {
      return "<NAME>value</NAME>";
    }
    return "<" + String.join(">, <", element.childNames()) + ">";
  }
}
