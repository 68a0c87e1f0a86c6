package org.mskd.maven;

import java.util.Properties;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.mskd.maven.config.MskdProperties;
import org.mskd.maven.config.ScoringReader;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/**
 * Scores the merged teachers and each student on the multi-organ test set; or, with {@code
 * -Dmskd.model}, a given model, for which nothing is trained and a test set is all that the POM has
 * to declare.
 */
@Mojo(name = "evaluate", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true)
public final class EvaluateMojo extends WorkerMojo {
  /**
   * A model.mskd, or the coordinates of one, to be scored instead of the experiment's models; on
   * the command line only: {@code -Dmskd.model}.
   */
  @Parameter(property = "mskd.model")
  private String model;

  /**
   * The folder for predictions and scores of a given model; on the command line only: {@code
   * -Dmskd.output}. Default: the output directory with the ending -evaluation.
   */
  @Parameter(property = "mskd.output")
  private String output;

  @Override
  Goal goal() {
    return Goal.EVALUATE;
  }

  @Override
  boolean concerns(Section configuration) {
    return hasModel(configuration)
        ? scoring(configuration).declaresTestSet()
        : super.concerns(configuration);
  }

  /** In a lifecycle the properties of a given model are those of another goal. */
  @Override
  MskdProperties properties(Properties user, Properties ofProject) {
    return isOfCommandLine()
        ? MskdProperties.ofGoal(user, ofProject, goal().goalName(), alone())
        : super.properties(user, ofProject);
  }

  @Override
  WorkerSettings settings(Section configuration) {
    WorkerSettings settings = workerSettings(configuration);
    return hasModel(configuration)
        ? settings.withOutputDirectory(scoring(configuration).output(settings.outputDirectory()))
        : settings;
  }

  @Override
  WorkerRequest request(WorkerSettings settings, Section configuration) {
    if (!hasModel(configuration)) {
      return super.request(settings, configuration);
    }
    ScoringReader reader = scoring(configuration);
    return request(goal(), settings)
        .withPrediction(reader.prediction())
        .withScoring(reader.scoring());
  }

  private boolean hasModel(Section configuration) {
    return isOfCommandLine() && scoring(configuration).hasModel();
  }

  private ScoringReader scoring(Section configuration) {
    return new ScoringReader(configuration, models(configuration));
  }

  private boolean isOfCommandLine() {
    return build().execution().getSource() == MojoExecution.Source.CLI;
  }

  /** The folder of a given model's scores is an output directory under another name. */
  @Override
  BadInputException worded(BadInputException e) {
    return model == null || !isOfCommandLine()
        ? e
        : new BadInputException(ofOutput(e.problem()), ofOutput(e.remedy()), e);
  }

  private static String ofOutput(String text) {
    return text.replace("<outputDirectory", "<output");
  }
}
