package org.mskd.maven;

import java.util.Properties;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.mskd.maven.config.ExperimentReader;
import org.mskd.maven.config.ExportSettings;
import org.mskd.maven.config.MskdProperties;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.worker.Versions;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/**
 * Exports trained models as ONNX files with a model card, in target/mskd/export, and checks each in
 * ONNX Runtime against the predictions of mskd. Needs no POM for a model that is given as a file.
 */
@Mojo(
    name = "export",
    defaultPhase = LifecyclePhase.PACKAGE,
    threadSafe = true,
    requiresProject = false)
public final class ExportMojo extends WorkerMojo {
  /**
   * The models to be exported, separated by commas, such as mskd,teachers/liver; on the command
   * line only: {@code -Dmskd.export}. Default: all trained students.
   */
  @Parameter(property = "mskd.export")
  private String export;

  /**
   * Whether the files are checked in ONNX Runtime, which is then downloaded (54 MB); on the command
   * line only: {@code -Dmskd.exportCheck}. Default true.
   */
  @Parameter(property = "mskd.exportCheck")
  private String exportCheck;

  /**
   * A model.mskd, or the coordinates of a model, to be exported instead of the experiment's; on the
   * command line only: {@code -Dmskd.model}.
   */
  @Parameter(property = "mskd.model")
  private String model;

  /**
   * A scan that files are checked on, instead of the experiment's; on the command line only: {@code
   * -Dmskd.input}.
   */
  @Parameter(property = "mskd.input")
  private String input;

  /**
   * The folder for the files of a given model; on the command line only: {@code -Dmskd.output}.
   * Default: export.
   */
  @Parameter(property = "mskd.output")
  private String output;

  @Override
  Goal goal() {
    return Goal.EXPORT;
  }

  @Override
  boolean concerns(Section configuration) {
    return isOfFile(own(configuration)) || super.concerns(configuration);
  }

  @Override
  MskdProperties properties(Properties user, Properties ofProject) {
    return MskdProperties.ofGoal(user, ofProject, goal().goalName(), alone());
  }

  @Override
  WorkerSettings settings(Section configuration) {
    WorkerSettings settings = workerSettings(configuration);
    ExportSettings own = own(configuration);
    return isOfFile(own) ? settings.withOutputDirectory(own.output()) : settings;
  }

  @Override
  WorkerRequest request(WorkerSettings settings, Section configuration) {
    ExportSettings own = own(configuration);
    if (!isOfFile(own)) {
      ExperimentReader reader = reader(configuration);
      if (!reader.declaresExperiment()) {
        throw new BadInputException(
            "No experiment is declared here, and no model is given.",
            "Run mskd:export in the project of an experiment, or give a file with -Dmskd.model.");
      }
      return request(goal(), settings, reader).withExport(own.options());
    }
    return request(goal(), settings).withExport(own.options());
  }

  private ExportSettings own(Section configuration) {
    return ExportSettings.of(configuration, Versions.load().mskd(), models(configuration));
  }

  private static boolean isOfFile(ExportSettings own) {
    return own.options().model().isPresent();
  }

  /** The folder of a given model's files is an output directory under another name. */
  @Override
  BadInputException worded(BadInputException e) {
    return model == null
        ? e
        : new BadInputException(ofOutput(e.problem()), ofOutput(e.remedy()), e);
  }

  private static String ofOutput(String text) {
    return text.replace("<outputDirectory", "<output");
  }
}
