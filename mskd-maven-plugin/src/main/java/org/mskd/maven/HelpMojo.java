package org.mskd.maven;

import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.mskd.method.Methods;
import org.mskd.problem.BadInputException;

/** Lists the goals and the installed training methods; with -Ddetail their parameters. */
@Mojo(name = "help", threadSafe = true, requiresProject = false, aggregator = true)
public final class HelpMojo extends AbstractMojo {
  /** Whether to list the parameters of each goal and the options of each training method. */
  @Parameter(property = "detail", defaultValue = "false")
  private boolean detail;

  /** The only goal to describe, with its parameters. */
  @Parameter(property = "goal")
  private String goal;

  /** The only training method to describe, with its options. */
  @Parameter(property = "method")
  private String method;

  @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
  private PluginDescriptor plugin;

  @Override
  public void execute() throws MojoFailureException {
    try {
      getLog().info(text());
    } catch (BadInputException e) {
      throw new MojoFailureException(e.getMessage(), e);
    }
  }

  private String text() {
    MethodsHelp methods = new MethodsHelp(Methods.installed());
    if (method != null) {
      return methods.of(method);
    }
    GoalsHelp goals = new GoalsHelp(plugin.getMojos());
    return goal != null
        ? goals.of(goal)
        : goals.all(detail) + System.lineSeparator() + methods.all(detail);
  }
}
