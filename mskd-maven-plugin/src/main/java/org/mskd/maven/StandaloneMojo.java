package org.mskd.maven;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.mskd.maven.config.ConfigurationCheck;
import org.mskd.maven.config.DeclaredValues;
import org.mskd.maven.config.MavenWording;
import org.mskd.maven.config.MskdProperties;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.config.XmlNode;
import org.mskd.problem.BadInputException;
import org.mskd.problem.UnrepresentablePath;

/** A goal with parameters of its own, on the command line, that reads no declared experiment. */
abstract class StandaloneMojo extends AbstractMojo {
  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution execution;

  @Inject private WorkerRunner runner;

  private GoalModels models;

  /** The goal's name. */
  abstract String goal();

  /**
   * Does the goal's work.
   *
   * @throws BadInputException if a parameter or an input cannot be used
   */
  abstract void run();

  @Override
  public final void execute() throws MojoFailureException {
    try {
      ConfigurationCheck.check(project, execution.getPlugin().getKey());
      MskdProperties properties =
          MskdProperties.ofGoal(session.getUserProperties(), project.getProperties(), goal(), true);
      properties.notes().forEach(getLog()::info);
      properties.warnings().forEach(getLog()::warn);
      Section configuration = Section.of(XmlNode.configuration(elements()), properties, basedir());
      if (WorkerSettings.skip(configuration)) {
        getLog().info("Skipped, because <skip> is true.");
        return;
      }
      Build build = new Build(getLog(), session, project, execution);
      models = new GoalModels(() -> runner.models(build), configuration, getLog()::info);
      run();
    } catch (BadInputException e) {
      BadInputException worded = MavenWording.of(e);
      throw new MojoFailureException(worded.getMessage(), worded);
    } catch (InvalidPathException e) {
      throw new MojoFailureException(UnrepresentablePath.problem(e).getMessage());
    }
  }

  /** What the POM declares of the goal's parameters; by default nothing. */
  List<XmlNode> elements() {
    return List.of();
  }

  /**
   * The {@code <trustedKeys>} of the POM.
   *
   * @param passed Maven's value of the parameter; null if there is none
   */
  final List<XmlNode> trustedKeys(String passed) {
    return new DeclaredValues(session, project, execution)
        .of("trustedKeys", passed).stream().toList();
  }

  /** The models that the goal reads. */
  final GoalModels models() {
    return models;
  }

  final MojoExecution execution() {
    return execution;
  }

  /** The folder that relative paths start from. */
  final Path basedir() {
    return project.getBasedir() != null
        ? project.getBasedir().toPath().toAbsolutePath()
        : Path.of("").toAbsolutePath();
  }
}
