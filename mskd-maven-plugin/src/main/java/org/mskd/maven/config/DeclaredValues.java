package org.mskd.maven.config;

import java.util.Optional;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.mskd.problem.BadInputException;

/**
 * The values that the POM declares for parameters of one execution. For a property that nothing
 * defines Maven passes the default of the parameter, or nothing, as if the element were missing.
 * Here it is the value of the model, whose reading fails and names the property.
 */
public final class DeclaredValues {
  private final MavenSession session;
  private final MojoExecution execution;
  private final Properties properties;
  private final Optional<XmlNode> configuration;

  /**
   * @param project the project, possibly Maven's placeholder if there is no POM
   * @param execution the execution of the goal
   */
  public DeclaredValues(MavenSession session, MavenProject project, MojoExecution execution) {
    this.session = session;
    this.execution = execution;
    this.properties = project.getProperties();
    this.configuration =
        DeclaredPlugin.of(project, execution.getPlugin().getKey())
            .flatMap(plugin -> DeclaredPlugin.configuration(plugin, execution.getExecutionId()))
            .map(XmlNode::of);
  }

  /**
   * The element of a value.
   *
   * @param passed Maven's value of the parameter; null if there is none
   * @return empty if the POM does not declare it
   * @throws BadInputException if an expression in it cannot be evaluated
   */
  public Optional<XmlNode> of(String name, String passed) {
    Optional<XmlNode> undefined =
        configuration.flatMap(declared -> declared.child(name)).filter(this::isUndefined);
    return undefined.isPresent() ? undefined : XmlNode.declared(name, passed, properties);
  }

  /** Maven has interpolated the model; what is left is for its evaluation of parameters. */
  private boolean isUndefined(XmlNode element) {
    String text = element.text().orElse("");
    try {
      return text.contains("${")
          && new PluginParameterExpressionEvaluator(session, execution).evaluate(text) == null;
    } catch (ExpressionEvaluationException e) {
      throw new BadInputException(
          "<" + element.name() + "> is " + text + ", which Maven cannot evaluate.",
          "Correct the expression.");
    }
  }
}
