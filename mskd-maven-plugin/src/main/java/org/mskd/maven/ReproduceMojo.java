package org.mskd.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MovedPhantoms;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.LockDifference;
import org.mskd.lock.LockFile;
import org.mskd.lock.ReproductionVerdict;
import org.mskd.maven.config.MskdProperties;
import org.mskd.maven.config.ReproduceSettings;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.worker.CancelHook;
import org.mskd.maven.worker.LockedBackend;
import org.mskd.pipeline.lock.LockStep;
import org.mskd.pipeline.lock.LockedExperiment;
import org.mskd.pipeline.lock.ReproductionFolder;
import org.mskd.pipeline.plan.FolderCheck;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/**
 * Runs the experiment of a lock afresh, in a folder of its own, and compares the results. Fails at
 * once if parameters, data or code are not those of the lock. In the same environment every file
 * must have the same bytes, in another one the mean Dice of each model must be close.
 */
@Mojo(name = "reproduce", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class ReproduceMojo extends ConfiguredMojo {
  /** The lock; {@code -Dmskd.lock}. Default: mskd.lock.json beside the POM. It is only read. */
  @Parameter(property = "mskd.lock")
  private String lock;

  /**
   * In another environment, the largest difference of a model's mean Dice; {@code
   * -Dmskd.tolerance}. Default 0.05.
   */
  @Parameter(property = "mskd.tolerance")
  private String tolerance;

  @Override
  MskdProperties properties(Properties user, Properties ofProject) {
    return MskdProperties.ofGoal(user, ofProject, "reproduce", alone());
  }

  @Override
  void execute(Section configuration) throws MojoExecutionException, MojoFailureException {
    ReproduceSettings own = ReproduceSettings.of(lock, tolerance, lockFile(configuration));
    ExperimentLock locked = LockFile.read(own.lock());
    WorkerSettings settings = settings(configuration, locked);
    Path output = settings.outputDirectory();
    WorkerRequest declared = request(Goal.RUN, settings, reader(configuration));
    Experiment experiment =
        MovedPhantoms.to(output.resolve("phantoms"), declared.experiment().orElseThrow())
            .toBuilder()
            .rules(List.of())
            .build();
    WorkerRequest request = withVerifiedFiles(declared.withExperiment(experiment), configuration);
    FolderCheck.check(request);
    LockedExperiment expected = new LockedExperiment(locked, request);
    requireWhole(expected, own.lock());
    require(expected.ofDeclaration());
    ReproductionFolder folder = new ReproductionFolder(output);
    folder.startAfresh();
    try (CancelHook hook = new CancelHook(getLog()::info)) {
      if (expected.drawsPhantoms()) {
        runner().run(build(), settings, request.withGoal(Goal.MAKE_PHANTOMS), hook);
      }
      require(expected.ofData());
      getLog().info("Parameters, code and data are those of " + own.lock() + ".");
      getLog().info(runner().run(build(), settings, request, hook));
      hook.isReported();
    }
    folder.finish();
    ExperimentLock now = LockFile.read(LockStep.fileIn(output));
    report(ReproductionVerdict.of(locked, now, own.tolerance()));
  }

  /**
   * The lock's threads and natives, unless others are given on the command line; no cache, which
   * may hold the very results that are to be computed again.
   */
  private WorkerSettings settings(Section configuration, ExperimentLock locked) {
    WorkerSettings settings = workerSettings(configuration).withoutCache();
    Path usual = settings.outputDirectory();
    WorkerSettings own =
        settings.withOutputDirectory(usual.resolveSibling(usual.getFileName() + "-reproduce"));
    Properties given = build().session().getUserProperties();
    if (!given.containsKey("mskd.threads")) {
      own = own.withThreads(locked.environment().tensors().get("threads"));
    }
    Optional<String> backend = LockedBackend.of(locked.environment().tensors());
    return given.containsKey("mskd.backend") ? own : backend.map(own::withBackend).orElse(own);
  }

  private static void requireWhole(LockedExperiment expected, Path lock) {
    List<String> missing = expected.missingStages();
    if (!missing.isEmpty()) {
      throw new BadInputException(
          lock + " is not the lock of a whole run of this experiment: it lacks " + missing + ".",
          "Run mskd:run and then mskd:lock where the experiment was run.");
    }
  }

  private static void require(List<LockDifference> differences) {
    if (!differences.isEmpty()) {
      throw new BadInputException(
          "This is not the experiment of the lock:" + LockDifference.lines(differences) + "\n",
          "Restore what is named, or make a new lock with mskd:run and mskd:lock.");
    }
  }

  private void report(ReproductionVerdict verdict) throws MojoFailureException {
    verdict.notes().forEach(getLog()::info);
    if (!verdict.holds()) {
      throw new MojoFailureException(verdict.text());
    }
    getLog().info(verdict.text());
  }
}
