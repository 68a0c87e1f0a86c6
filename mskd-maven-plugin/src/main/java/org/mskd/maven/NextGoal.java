package org.mskd.maven;

import java.nio.file.Path;
import java.util.Optional;
import org.mskd.experiment.Experiment;
import org.mskd.maven.setup.NextCommand;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.WorkerRequest;

/** The goal that usually follows another one. */
final class NextGoal {
  private static final String PREDICT =
      "predict -Dmskd.model=%s -Dmskd.input=SCANS -Dmskd.output=predictions";

  private NextGoal() {}

  /** The goal's name; empty if all is done, or no experiment is declared. */
  static Optional<String> after(WorkerRequest done) {
    return done.experiment().flatMap(experiment -> after(done, experiment));
  }

  private static Optional<String> after(WorkerRequest done, Experiment experiment) {
    return switch (done.goal()) {
      case MAKE_PHANTOMS, CHECK_DATA -> Optional.of("prepare");
      case PREPARE -> Optional.of(givesAllTeachers(experiment) ? "distill" : "train-teachers");
      case TRAIN_TEACHERS ->
          experiment.methods().isEmpty()
              ? experiment.testSet().map(set -> "evaluate")
              : Optional.of("distill");
      case DISTILL -> experiment.testSet().map(set -> "evaluate");
      case EVALUATE -> Optional.of(experiment.rules().isEmpty() ? "report" : "check");
      case RUN -> Optional.of(PREDICT.formatted(model(done, experiment)));
      case CHECK, CROSS_VALIDATE, REPORT, PREDICT, EXPORT, DOCTOR -> Optional.empty();
    };
  }

  /** The student or else the teacher that the POM names first, whatever the scores. */
  private static String model(WorkerRequest done, Experiment experiment) {
    ExperimentFolders folders = new ExperimentFolders(done.outputDirectory());
    Path first =
        experiment.methods().isEmpty()
            ? folders.teacher(experiment.organs().get(0))
            : folders.method(experiment.methods().get(0).name());
    return NextCommand.argument(ExperimentFolders.modelIn(first), Path.of(""));
  }

  private static boolean givesAllTeachers(Experiment experiment) {
    return experiment.organs().stream()
        .allMatch(organ -> experiment.teacherFile(organ).isPresent());
  }
}
