package org.mskd.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.dataset.DatasetFolder;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.TestSet;
import org.mskd.problem.BadInputException;

/** Which stages a goal needs, in order. All data are checked before anything is trained. */
final class ExperimentPlan {
  private ExperimentPlan() {}

  /**
   * @throws BadInputException if the goal needs what is not declared
   */
  static List<Stage> stages(WorkerRequest request) {
    String version = request.version() + ", code " + CodeDigest.ofThisLibrary();
    List<Stage> stages = new ArrayList<>();
    phantoms(request).ifPresent(phantoms -> stages.add(new PhantomStage(phantoms, version)));
    if (request.goal() == Goal.MAKE_PHANTOMS) {
      if (stages.isEmpty()) {
        throw new BadInputException(
            "<phantoms> is missing.", "Declare <phantoms> with a <phantomDirectory>.");
      }
      return stages;
    }
    Experiment experiment =
        request
            .experiment()
            .orElseThrow(
                () -> new BadInputException("No experiment is declared.", "Add <datasets>."));
    if (stages.isEmpty()) {
      requireFolders(experiment);
    }
    StageContext context =
        new StageContext(
            experiment,
            new ExperimentFolders(request.outputDirectory()),
            request.threads(),
            request.backend(),
            version,
            new FileDigests());
    addPreparation(stages, context);
    if (atLeast(request.goal(), Goal.TRAIN_TEACHERS)) {
      experiment.organs().forEach(organ -> stages.add(new TeacherStage(context, organ)));
    }
    if (atLeast(request.goal(), Goal.DISTILL)) {
      stages.add(new StudentStage(context));
    }
    if (request.goal() == Goal.EVALUATE && experiment.testSet().isEmpty()) {
      throw new BadInputException(
          "<testSet> is missing.", "Declare a <testSet> with a <directory> and its <labels>.");
    }
    if (atLeast(request.goal(), Goal.EVALUATE)) {
      experiment.testSet().ifPresent(testSet -> stages.add(new EvaluateStage(context, testSet)));
    }
    return stages;
  }

  /** All folders first: a missing one should not be found after minutes of work. */
  private static void requireFolders(Experiment experiment) {
    experiment.datasets().forEach(source -> DatasetFolder.training(source.directory()));
    experiment.testSet().ifPresent(testSet -> DatasetFolder.test(testSet.directory()));
  }

  private static void addPreparation(List<Stage> stages, StageContext context) {
    for (DatasetSource source : context.experiment().datasets()) {
      stages.add(new PrepareStage(context, source));
    }
    Optional<TestSet> testSet = context.experiment().testSet();
    testSet.ifPresent(set -> stages.add(new PrepareTestStage(context, set)));
  }

  private static Optional<Phantoms> phantoms(WorkerRequest request) {
    return request.phantoms().or(() -> request.experiment().flatMap(Experiment::phantoms));
  }

  private static boolean atLeast(Goal goal, Goal needed) {
    return goal.ordinal() >= needed.ordinal();
  }
}
