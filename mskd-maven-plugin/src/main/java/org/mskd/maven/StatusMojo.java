package org.mskd.maven;

import java.util.List;
import java.util.Locale;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.mskd.maven.config.EffectiveExperiment;
import org.mskd.maven.config.ExperimentReader;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.plan.CleanCost;
import org.mskd.pipeline.plan.ExperimentStatus;
import org.mskd.pipeline.plan.FolderCheck;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageForecast;
import org.mskd.pipeline.stage.StageForecast.Outcome;

/** Lists the stages of the experiment: whether each is up to date or would run, and why. */
@Mojo(name = "status", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public final class StatusMojo extends ConfiguredMojo {
  /** Whether to list the effective experiment first: each value, and where it comes from. */
  @Parameter(property = "detail", defaultValue = "false")
  private boolean detail;

  @Override
  void execute(Section configuration) {
    WorkerSettings settings = workerSettings(configuration);
    ExperimentReader reader = reader(configuration);
    WorkerRequest request = request(Goal.RUN, settings, reader);
    FolderCheck.check(request);
    if (detail) {
      EffectiveExperiment.lines(
              configuration,
              request.experiment().orElseThrow(),
              settings,
              build().project(),
              build().execution().getPlugin().getKey(),
              build().execution().getExecutionId())
          .forEach(getLog()::info);
    }
    WorkerRequest withBackend = runner().withBackend(build(), settings, request);
    List<StageForecast> stages = ExperimentStatus.of(withBackend);
    stages.forEach(stage -> getLog().info(line(stage)));
    getLog().info(summary(stages));
    getLog().info(CleanCost.of(withBackend).text());
    List<String> apart = executions().apart(configuration.givenByUser("outputDirectory"));
    if (!apart.contains(build().execution().getExecutionId())) {
      apart.forEach(
          id ->
              getLog().info("Execution " + id + " has results of its own: mvn mskd:status@" + id));
    }
  }

  /** Such as {@code teacher liver: would run: threads 2 -> 1}. */
  static String line(StageForecast stage) {
    return stage.name()
        + switch (stage.outcome()) {
          case UP_TO_DATE -> ": up to date";
          case RUN -> ": would run: " + stage.reason();
          case RESUME -> ": would resume " + stage.reason();
          case RESTORE -> ": would be restored from kept results: " + stage.reason();
          case CACHED -> ": would be copied from the cache: " + stage.reason();
          case DEPENDS -> ": may run: " + stage.reason();
        };
  }

  private static String summary(List<StageForecast> stages) {
    long upToDate = count(stages, Outcome.UP_TO_DATE);
    long restored = count(stages, Outcome.RESTORE);
    long cached = count(stages, Outcome.CACHED);
    long depends = count(stages, Outcome.DEPENDS);
    return String.format(
        Locale.ROOT,
        "Status: %d up to date, %d would run, %d may run%s%s. Nothing was changed.",
        upToDate,
        stages.size() - upToDate - restored - cached - depends,
        depends,
        restored == 0 ? "" : ", " + restored + " would be restored",
        cached == 0 ? "" : ", " + cached + " are in the cache");
  }

  private static long count(List<StageForecast> stages, Outcome outcome) {
    return stages.stream().filter(stage -> stage.outcome() == outcome).count();
  }
}
