package org.mskd.maven;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.mskd.lock.ExperimentLock;
import org.mskd.maven.config.ConfigurationCheck;
import org.mskd.maven.config.DeclaredValues;
import org.mskd.maven.config.Executions;
import org.mskd.maven.config.ExperimentReader;
import org.mskd.maven.config.MavenWording;
import org.mskd.maven.config.ModelFiles;
import org.mskd.maven.config.Modules;
import org.mskd.maven.config.MskdProperties;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.config.XmlNode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;
import org.mskd.problem.UnrepresentablePath;

/**
 * Turns the parameters of a goal into a checked configuration, and that into an experiment. A user
 * property overrides the POM.
 */
abstract class ConfiguredMojo extends ExperimentParameters {
  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution execution;

  @Inject private WorkerRunner runner;

  private GoalModels models;

  /**
   * Does the goal's work.
   *
   * @throws BadInputException if the configuration or an input cannot be used
   */
  abstract void execute(Section configuration) throws MojoExecutionException, MojoFailureException;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    try {
      if (isOfOtherModules()) {
        getLog().info("Skipped: this module has no execution " + execution.getExecutionId() + ".");
        return;
      }
      Section configuration = configuration();
      if (WorkerSettings.skip(configuration)) {
        skipped();
        return;
      }
      requireExperimentOfPlugin(configuration);
      if (!concerns(configuration)
          && Modules.declareExperiment(session.getProjects(), execution.getPlugin().getKey())) {
        getLog()
            .info("Skipped: this module declares nothing for mskd:" + execution.getGoal() + ".");
        return;
      }
      execute(configuration);
    } catch (BadInputException e) {
      BadInputException worded = MavenWording.of(worded(e));
      throw new MojoFailureException(worded.getMessage(), worded);
    } catch (InvalidPathException e) {
      // A folder of Maven itself: the project's, or the local repository.
      throw new MojoFailureException(UnrepresentablePath.problem(e).getMessage());
    }
  }

  /** Says that the goal does nothing, since the user skips it. */
  void skipped() {
    getLog().info("Skipped, because <skip> is true.");
  }

  /**
   * The properties of this goal.
   *
   * @param user those of the session
   * @param ofProject those of the project
   */
  MskdProperties properties(Properties user, Properties ofProject) {
    return MskdProperties.of(user, ofProject, alone());
  }

  /** Whether this goal is all that the command line names. */
  final boolean alone() {
    List<String> goals = session.getGoals();
    return execution.getSource() == MojoExecution.Source.CLI && goals != null && goals.size() == 1;
  }

  /** Whether this module declares what the goal is about. */
  boolean concerns(Section configuration) {
    return new ExperimentReader(configuration).declaresExperiment();
  }

  /** How and where a worker runs; executions with other results have another output directory. */
  final WorkerSettings workerSettings(Section configuration) {
    WorkerSettings settings = WorkerSettings.of(configuration);
    Path output = settings.outputDirectory();
    String suffix = suffix(configuration);
    return suffix.isEmpty()
        ? settings
        : settings.withOutputDirectory(output.resolveSibling(output.getFileName() + suffix));
  }

  /** What the names of this execution's own files end with; empty if it has none. */
  final String suffix(Section configuration) {
    return executions()
        .suffix(execution.getExecutionId(), configuration.givenByUser("outputDirectory"));
  }

  /** The lock beside the POM: mskd.lock.json, or mskd-ID.lock.json of an execution apart. */
  final Path lockFile(Section configuration) {
    return configuration
        .basedir()
        .resolve(ExperimentLock.COPY.replaceFirst("\\.", suffix(configuration) + "."));
  }

  /** The exception as this goal's user knows its elements. */
  BadInputException worded(BadInputException e) {
    return e;
  }

  /** Reads the experiment, with teachers from the project's repositories. */
  final ExperimentReader reader(Section configuration) {
    return new ExperimentReader(configuration, models(configuration));
  }

  /** The files of models that the configuration names. */
  final ModelFiles models(Section configuration) {
    return goalModels(configuration).files();
  }

  /** The request with the files whose signatures were verified when it was made. */
  final WorkerRequest withVerifiedFiles(WorkerRequest request, Section configuration) {
    return request.withOptions(request.options().verifying(goalModels(configuration).verified()));
  }

  private GoalModels goalModels(Section configuration) {
    if (models == null) {
      models = new GoalModels(() -> runner.models(build()), configuration, getLog()::info);
    }
    return models;
  }

  /** The runner of workers. */
  final WorkerRunner runner() {
    return runner;
  }

  /** Maven's objects for this goal. */
  final Build build() {
    return new Build(getLog(), session, project, execution);
  }

  /** The request for a goal, before a backend is chosen. */
  final WorkerRequest request(Goal goal, WorkerSettings settings, ExperimentReader reader) {
    WorkerRequest request = request(goal, settings);
    if (goal == Goal.MAKE_PHANTOMS) {
      request = request.withPhantoms(reader.phantoms());
    }
    boolean optional = goal == Goal.DOCTOR || goal == Goal.MAKE_PHANTOMS;
    return optional && !reader.declaresExperiment()
        ? request
        : request.withExperiment(reader.experiment());
  }

  /** The same without an experiment. */
  static final WorkerRequest request(Goal goal, WorkerSettings settings) {
    return WorkerRequest.of(goal, settings.outputDirectory())
        .withThreads(settings.threads())
        .withOptions(settings.options());
  }

  /** The checked configuration with the user properties laid over it. */
  private Section configuration() {
    String plugin = execution.getPlugin().getKey();
    ConfigurationCheck.check(project, plugin);
    ConfigurationCheck.checkLists(project, plugin, execution.getExecutionId());
    XmlNode handedOver = parameters(new DeclaredValues(session, project, execution), basedir());
    ConfigurationCheck.check(handedOver);
    MskdProperties properties = properties(session.getUserProperties(), project.getProperties());
    properties.notes().forEach(build()::infoOnce);
    properties.warnings().forEach(build()::warnOnce);
    return Section.of(handedOver, properties, basedir());
  }

  /**
   * Checks that a goal on the command line, without an execution's id, has an experiment where only
   * executions declare one.
   */
  private void requireExperimentOfPlugin(Section configuration) {
    List<String> declaring = executions().withExperiment();
    if (execution.getSource() == MojoExecution.Source.CLI
        && !concerns(configuration)
        && !declaring.isEmpty()) {
      throw new BadInputException(
          "The configuration of the plugin declares no experiment, but that of the executions "
              + String.join(", ", declaring)
              + " does.",
          "Name one of them: mvn mskd:"
              + execution.getGoal()
              + "@"
              + declaring.get(0)
              + ", or declare the experiment in the configuration of the plugin.");
    }
  }

  /**
   * Whether the command line names an execution that other modules declare, but not this one.
   *
   * @throws BadInputException if no module declares it
   */
  private boolean isOfOtherModules() {
    String id = execution.getExecutionId();
    if (execution.getSource() != MojoExecution.Source.CLI || !executions().lack(id)) {
      return false;
    }
    if (Modules.declareExecution(session.getProjects(), execution.getPlugin().getKey(), id)) {
      return true;
    }
    throw executions().unknown(id);
  }

  /** The executions of this module. */
  final Executions executions() {
    return Executions.of(project, execution.getPlugin().getKey());
  }

  private Path basedir() {
    return project.getBasedir() != null
        ? project.getBasedir().toPath().toAbsolutePath()
        : Path.of("").toAbsolutePath();
  }
}
