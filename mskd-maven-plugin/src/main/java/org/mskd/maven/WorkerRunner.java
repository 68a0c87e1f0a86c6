package org.mskd.maven;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystem;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.maven.artifact.ModelArtifacts;
import org.mskd.maven.config.JvmSettings;
import org.mskd.maven.config.MemorySize;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.progress.ProgressView;
import org.mskd.maven.worker.Backend;
import org.mskd.maven.worker.BackendSelector;
import org.mskd.maven.worker.CancelHook;
import org.mskd.maven.worker.ComputeEnvironment;
import org.mskd.maven.worker.GoalJars;
import org.mskd.maven.worker.NativesCache;
import org.mskd.maven.worker.PluginDependencies;
import org.mskd.maven.worker.ResolvedJar;
import org.mskd.maven.worker.RunFiles;
import org.mskd.maven.worker.TargetMachines;
import org.mskd.maven.worker.Versions;
import org.mskd.maven.worker.WorkerClasspath;
import org.mskd.maven.worker.WorkerCommand;
import org.mskd.maven.worker.WorkerEnvironment;
import org.mskd.maven.worker.WorkerMemory;
import org.mskd.maven.worker.WorkerOutcome;
import org.mskd.maven.worker.WorkerParts;
import org.mskd.maven.worker.WorkerProcess;
import org.mskd.maven.worker.WorkerToolchain;
import org.mskd.pipeline.claim.DeadRuns;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.lock.LockStep;
import org.mskd.pipeline.plan.FinishedRun;
import org.mskd.pipeline.plan.FolderCheck;
import org.mskd.pipeline.report.ReportStep;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.FileDigests;

/** Runs a request: chooses the backend, resolves the class path, runs the worker. */
class WorkerRunner {
  private final RepositorySystem repositories;
  private final ToolchainManager toolchains;
  private final Versions versions = Versions.load();

  @Inject
  WorkerRunner(RepositorySystem repositories, ToolchainManager toolchains) {
    this.repositories = repositories;
    this.toolchains = toolchains;
  }

  /**
   * Runs the request to its end, in a worker unless all stages are up to date.
   *
   * @param hook ends the worker if this JVM ends
   * @return the last line: what was done
   * @throws MojoFailureException if the user's input or machine is the reason
   * @throws MojoExecutionException if the worker crashed or its class path cannot be resolved
   */
  String run(Build build, WorkerSettings settings, WorkerRequest given, CancelHook hook)
      throws MojoExecutionException, MojoFailureException {
    FolderCheck.check(given);
    WorkerToolchain toolchain = new WorkerToolchain(toolchains, build.session());
    Optional<Backend> backend = backend(build, settings, given);
    WorkerEnvironment environment = WorkerEnvironment.ofThisProcess();
    if (backend.isPresent()) {
      settings.nativesCache().map(NativesCache::new).ifPresent(NativesCache::check);
    }
    WorkerRequest request = withBackend(given, backend, settings.jvm(), toolchain);
    // If this JVM reads ASCII file names only, only a worker can list the folders.
    Optional<List<Event>> finished =
        environment.hasOtherEncoding()
            ? Optional.empty()
            : FinishedRun.of(request).filter(events -> isComplete(request));
    if (finished.isPresent()) {
      try (ProgressView view = build.view()) {
        finished.get().forEach(view);
      }
      DeadRuns.remove(settings.outputDirectory());
      return "Done: everything is up to date.";
    }
    environment.leftOut().forEach(build::infoOnce);
    String java = toolchain.launcher(settings.jvm().toolchain());
    Map<String, Path> classpath =
        classpath(build).resolve(WorkerParts.of(request, backend, dependencies(build), versions));
    WorkerOutcome outcome;
    try (WorkerMemory.Share share = memory(build, settings)) {
      outcome = work(build, settings, request, java, classpath, environment, hook);
    }
    hook.ended(outcome.isCancelled(), outcome.line());
    if (outcome.failed() && build.log().isDebugEnabled()) {
      build.log().debug(outcome.logEnd());
    }
    outcome.check();
    return outcome.line();
  }

  /** Waits until the worker's memory fits beside that of other modules' workers. */
  private static WorkerMemory.Share memory(Build build, WorkerSettings settings)
      throws MojoExecutionException {
    try {
      return WorkerMemory.of(build.session().getRequest().getData(), MemorySize.physical().bytes())
          .take(settings.bytes(), build.log()::info);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("The build was ended before the worker started.", e);
    }
  }

  /**
   * Fetches what all goals need into the local repository.
   *
   * @param classifiers of machines; none for this one
   * @param locked the environment of a lock, whose natives {@code reproduce} needs
   */
  Collection<ResolvedJar> fetch(
      Build build, WorkerSettings settings, List<String> classifiers, Map<String, String> locked)
      throws MojoExecutionException {
    return new GoalJars(classpath(build), versions)
        .fetch(
            TargetMachines.of(classifiers, versions),
            settings.backend(),
            dependencies(build),
            locked);
  }

  /** Resolves models with the project's repositories. */
  ModelArtifacts models(Build build) {
    return new ModelArtifacts(
        repositories,
        build.session().getRepositorySession(),
        build.project().getRemoteProjectRepositories());
  }

  private WorkerClasspath classpath(Build build) {
    return new WorkerClasspath(
        repositories,
        build.session().getRepositorySession(),
        build.repositories(),
        versions,
        build.command("resolve"));
  }

  /** Whether lock and report are those of the finished stages. If not, a worker writes them. */
  private static boolean isComplete(WorkerRequest request) {
    return new LockStep(request, FileDigests.in(request.outputDirectory(), false)).isCurrent()
        && new ReportStep(request).isCurrent();
  }

  private Optional<Backend> backend(Build build, WorkerSettings settings, WorkerRequest given) {
    if (!given.goal().needsTensors()) {
      return Optional.empty();
    }
    Backend backend =
        BackendSelector.ofThisMachine(versions)
            .select(settings.backend(), dependencies(build).backends());
    build.log().info("Backend " + backend.description() + ", " + settings.threads() + " threads");
    backend.warning().ifPresent(build.log()::warn);
    return Optional.of(backend);
  }

  private static PluginDependencies dependencies(Build build) {
    return PluginDependencies.of(build.execution().getPlugin());
  }

  private static WorkerOutcome work(
      Build build,
      WorkerSettings settings,
      WorkerRequest request,
      String java,
      Map<String, Path> classpath,
      WorkerEnvironment environment,
      CancelHook hook)
      throws MojoExecutionException {
    try (RunFiles files = RunFiles.in(settings.outputDirectory());
        ProgressView view = build.view()) {
      AtomicFile.writePrivate(
          files.request(),
          out ->
              out.write(
                  ExperimentJson.write(request.withJars(new TreeMap<>(classpath)))
                      .getBytes(StandardCharsets.UTF_8)));
      WorkerCommand command =
          new WorkerCommand(
              java,
              List.copyOf(classpath.values()),
              WorkerCommand.WORKER,
              List.of(files.folder().toString(), build.module()),
              settings,
              files,
              environment);
      return new WorkerProcess(command, hook).run(view);
    }
  }

  /** A request with the backend that a worker would use. */
  WorkerRequest withBackend(Build build, WorkerSettings settings, WorkerRequest given) {
    return withBackend(
        given,
        backend(build, settings, given),
        settings.jvm(),
        new WorkerToolchain(toolchains, build.session()));
  }

  private static WorkerRequest withBackend(
      WorkerRequest given, Optional<Backend> backend, JvmSettings jvm, WorkerToolchain toolchain) {
    return given.withBackend(
        backend.map(Backend::description).orElse(WorkerRequest.NO_BACKEND),
        backend
            .map(one -> ComputeEnvironment.of(one, jvm, toolchain.required(jvm.toolchain())))
            .orElseGet(given::environment));
  }
}
