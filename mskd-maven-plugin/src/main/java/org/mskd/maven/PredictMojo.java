package org.mskd.maven;

import java.util.List;
import java.util.Properties;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.maven.config.MskdProperties;
import org.mskd.maven.config.PredictionReader;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/**
 * Predicts CT scans with a trained model: label volumes on the scans' own grids, volumes in ml and
 * mean HU. Needs no POM: the organs and the preprocessing come from the model.
 */
@Mojo(
    name = "predict",
    defaultPhase = LifecyclePhase.VERIFY,
    threadSafe = true,
    requiresProject = false)
public final class PredictMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.PREDICT;
  }

  @Override
  boolean concerns(Section configuration) {
    return true;
  }

  @Override
  MskdProperties properties(Properties user, Properties ofProject) {
    MskdProperties properties = MskdProperties.ofGoal(user, ofProject, goal().goalName(), alone());
    List<String> ignored = PredictionReader.ignored(properties);
    if (!ignored.isEmpty()) {
      getLog()
          .warn(
              "Without effect on predict: "
                  + String.join(", ", ignored)
                  + ". Organs and preprocessing come from the model.");
    }
    return properties;
  }

  @Override
  WorkerSettings settings(Section configuration) {
    return workerSettings(configuration)
        .withOutputDirectory(new PredictionReader(configuration, models(configuration)).output());
  }

  @Override
  WorkerRequest request(WorkerSettings settings, Section configuration) {
    return request(goal(), settings)
        .withPrediction(new PredictionReader(configuration, models(configuration)).prediction());
  }

  /** The folder of the predictions is an output directory under another name. */
  @Override
  BadInputException worded(BadInputException e) {
    return new BadInputException(ofOutput(e.problem()), ofOutput(e.remedy()), e);
  }

  private static String ofOutput(String text) {
    return text.replace("<outputDirectory", "<output");
  }
}
