package org.mskd.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.repository.RemoteRepository;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.progress.ProgressView;
import org.mskd.maven.progress.Terminal;
import org.mskd.maven.worker.Backend;
import org.mskd.maven.worker.BackendSelector;
import org.mskd.maven.worker.Coordinates;
import org.mskd.maven.worker.NativesCache;
import org.mskd.maven.worker.RunFiles;
import org.mskd.maven.worker.Versions;
import org.mskd.maven.worker.WorkerClasspath;
import org.mskd.maven.worker.WorkerCommand;
import org.mskd.maven.worker.WorkerEnvironment;
import org.mskd.maven.worker.WorkerJdk;
import org.mskd.maven.worker.WorkerOutcome;
import org.mskd.maven.worker.WorkerProcess;
import org.mskd.pipeline.Event;
import org.mskd.pipeline.FinishedRun;
import org.mskd.pipeline.WorkerRequest;

/** Has a request done: chooses the backend, resolves the class path, runs the worker. */
class WorkerRunner {
  /** What a request says where no tensors are needed, or before a backend is chosen. */
  static final String NO_BACKEND = "none";

  private final RepositorySystem repositories;
  private final ToolchainManager toolchains;
  private final Versions versions = Versions.load();

  @Inject
  WorkerRunner(RepositorySystem repositories, ToolchainManager toolchains) {
    this.repositories = repositories;
    this.toolchains = toolchains;
  }

  /** The plugin's version. */
  String version() {
    return versions.mskd();
  }

  /**
   * Runs the request to its end, in a worker if there is anything to do.
   *
   * @throws MojoFailureException where the user's input or machine is the reason
   * @throws MojoExecutionException where the worker crashed or its class path is not to be had
   */
  void run(
      Log log,
      MavenSession session,
      MavenProject project,
      MojoExecution execution,
      WorkerSettings settings,
      WorkerRequest asked)
      throws MojoExecutionException, MojoFailureException {
    Optional<Backend> backend =
        asked.goal().needsTensors()
            ? Optional.of(
                BackendSelector.ofThisMachine(versions)
                    .select(settings.backend(), declared(execution.getPlugin())))
            : Optional.empty();
    backend.ifPresent(
        b -> {
          log.info("Backend " + b.description() + ", " + settings.threads() + " threads");
          b.warning().ifPresent(log::warn);
        });
    WorkerEnvironment environment = WorkerEnvironment.ofThisProcess();
    if (backend.isPresent()) {
      settings.nativesCache().map(NativesCache::new).ifPresent(NativesCache::check);
    }
    WorkerRequest request = withBackend(asked, backend);
    // Where this JVM knows ASCII file names only, just a worker can list the folders.
    Optional<List<Event>> finished =
        environment.hasOtherEncoding() ? Optional.empty() : FinishedRun.of(request);
    if (finished.isPresent()) {
      try (ProgressView view = terminal(session).view(log)) {
        finished.get().forEach(view);
      }
      return;
    }
    environment.leftOut().forEach(text -> infoOnce(log, session, text));
    String java = java(session);
    List<Path> classpath =
        new WorkerClasspath(
                repositories, session.getRepositorySession(), remotes(project), versions)
            .resolve(backend);
    try (RunFiles files = RunFiles.in(settings.outputDirectory());
        ProgressView view = terminal(session).view(log)) {
      AtomicFile.writeText(files.request(), ExperimentJson.write(request));
      WorkerCommand command =
          new WorkerCommand(
              java,
              classpath,
              WorkerCommand.WORKER,
              List.of(files.request().toString(), files.name(), folder(project)),
              settings,
              files,
              environment);
      WorkerOutcome outcome = new WorkerProcess(command).run(view);
      if (outcome.failed() && log.isDebugEnabled()) {
        log.debug(outcome.logEnd());
      }
      outcome.check();
    }
  }

  private static WorkerRequest withBackend(WorkerRequest asked, Optional<Backend> backend) {
    return new WorkerRequest(
        asked.goal(),
        asked.experiment(),
        asked.phantoms(),
        asked.outputDirectory(),
        asked.threads(),
        backend.map(Backend::description).orElse(NO_BACKEND),
        asked.version(),
        asked.options());
  }

  /** Backends that the POM gives the plugin as dependencies. */
  private static List<Coordinates> declared(Plugin plugin) {
    return plugin.getDependencies().stream()
        .filter(dependency -> BackendSelector.isBackend(dependency.getArtifactId()))
        .map(
            dependency ->
                new Coordinates(
                    dependency.getGroupId(),
                    dependency.getArtifactId(),
                    dependency.getVersion(),
                    Optional.ofNullable(dependency.getClassifier()).orElse("")))
        .toList();
  }

  private static List<RemoteRepository> remotes(MavenProject project) {
    Set<RemoteRepository> remotes = new LinkedHashSet<>(project.getRemoteProjectRepositories());
    remotes.addAll(project.getRemotePluginRepositories());
    return new ArrayList<>(remotes);
  }

  /** What a person knows a module by, without the folders above it. */
  private static String folder(MavenProject project) {
    return Optional.ofNullable(project.getBasedir())
        .map(folder -> folder.toPath().toAbsolutePath().normalize().getFileName())
        .map(Path::toString)
        .orElse("");
  }

  private String java(MavenSession session) {
    Toolchain toolchain = toolchains.getToolchainFromBuildContext("jdk", session);
    String found = toolchain == null ? null : toolchain.findTool("java");
    return WorkerJdk.launcher(Optional.ofNullable(found));
  }

  /** The environment is the same for all executions and modules of a build. */
  private static void infoOnce(Log log, MavenSession session, String text) {
    Map<String, Object> build = session.getRequest().getData();
    synchronized (build) {
      if (build.putIfAbsent(WorkerRunner.class.getName() + ": " + text, text) == null) {
        log.info(text);
      }
    }
  }

  private static Terminal terminal(MavenSession session) {
    boolean alone = session.getRequest().getDegreeOfConcurrency() <= 1;
    return Terminal.of(alone && session.getRequest().isInteractiveMode());
  }
}
