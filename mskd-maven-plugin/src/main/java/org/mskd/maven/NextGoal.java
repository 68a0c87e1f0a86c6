package org.mskd.maven;

import java.util.Optional;
import org.mskd.experiment.Experiment;
import org.mskd.pipeline.request.WorkerRequest;

/** The goal that usually follows another one. */
final class NextGoal {
  private NextGoal() {}

  /** The goal's name; empty if all is done, or no experiment is declared. */
  static Optional<String> after(WorkerRequest done) {
    return done.experiment().flatMap(experiment -> after(done, experiment));
  }

  private static Optional<String> after(WorkerRequest done, Experiment experiment) {
    return switch (done.goal()) {
      case MAKE_PHANTOMS, CHECK_DATA -> Optional.of("prepare");
      case PREPARE -> Optional.of(givesAllTeachers(experiment) ? "distill" : "train-teachers");
      case TRAIN_TEACHERS -> Optional.of("distill");
      case DISTILL -> experiment.testSet().map(set -> "evaluate");
      case EVALUATE -> experiment.rules().isEmpty() ? Optional.empty() : Optional.of("check");
      case CHECK, RUN, PREDICT, EXPORT, DOCTOR -> Optional.empty();
    };
  }

  private static boolean givesAllTeachers(Experiment experiment) {
    return experiment.organs().stream()
        .allMatch(organ -> experiment.teacherFile(organ).isPresent());
  }
}
