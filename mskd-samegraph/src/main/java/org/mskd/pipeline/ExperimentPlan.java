package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.dataset.DatasetFolder;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Phantoms;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.Stage;
import org.mskd.problem.BadInputException;

/** Which stages a goal needs, in order. All data are checked before anything is trained. */
final class ExperimentPlan {
  private ExperimentPlan() {}

  /**
   * @param digests of the files they depend on
   * @throws BadInputException if the goal needs what is not declared, or a folder or a given model
   *     cannot be used
   */
  static List<Stage> stages(WorkerRequest request, FileDigests digests) {
    List<Stage> stages = new ArrayList<>();
    phantoms(request).ifPresent(phantoms -> stages.add(new PhantomStage(phantoms)));
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
    RulesStep.requireDeclared(request.goal(), experiment);
    DeclaredFolders.check(experiment);
    if (stages.isEmpty()) {
      requireFolders(experiment);
    }
    new GivenTeachers(experiment).check();
    StageContext context =
        new StageContext(
            experiment,
            new ExperimentFolders(request.outputDirectory()),
            request.threads(),
            request.environment(),
            digests,
            request.options());
    addStages(stages, context, request.goal());
    return stages;
  }

  /** All folders first: a missing one should not be found after minutes of work. */
  private static void requireFolders(Experiment experiment) {
    experiment.datasets().forEach(source -> DatasetFolder.training(source.directory()));
    experiment.unlabelled().forEach(source -> DatasetFolder.images(source.directory()));
    experiment.testSet().ifPresent(testSet -> DatasetFolder.test(testSet.directory()));
  }

  private static void addStages(List<Stage> stages, StageContext context, Goal goal) {
    Experiment experiment = context.experiment();
    addPreparation(stages, context);
    if (atLeast(goal, Goal.TRAIN_TEACHERS)) {
      addTeachers(stages, context);
    }
    if (atLeast(goal, Goal.DISTILL)) {
      if (SurveyStage.isNeeded(experiment)) {
        experiment.unlabelled().forEach(source -> stages.add(new SurveyStage(context, source)));
      }
      addStudents(stages, context);
    }
    if (goal == Goal.EVALUATE && experiment.testSet().isEmpty()) {
      throw new BadInputException(
          "<testSet> is missing.", "Declare a <testSet> with a <directory> and its <labels>.");
    }
    if (atLeast(goal, Goal.EVALUATE)) {
      experiment.testSet().ifPresent(testSet -> stages.add(new EvaluateStage(context, testSet)));
    }
  }

  private static void addPreparation(List<Stage> stages, StageContext context) {
    Experiment experiment = context.experiment();
    experiment.datasets().forEach(source -> stages.add(new PrepareStage(context, source)));
    experiment
        .unlabelled()
        .forEach(source -> stages.add(new PrepareUnlabelledStage(context, source)));
    experiment.testSet().ifPresent(set -> stages.add(new PrepareTestStage(context, set)));
  }

  /** The given ones first: what is wrong with them should not be found after hours of training. */
  private static void addTeachers(List<Stage> stages, StageContext context) {
    List<Stage> trained = new ArrayList<>();
    for (String organ : context.experiment().organs()) {
      Optional<Path> given = context.experiment().teacherFile(organ);
      if (given.isPresent()) {
        stages.add(new TeacherFileStage(context, organ, given.get()));
      } else {
        trained.add(new TeacherStage(context, organ));
      }
    }
    stages.addAll(trained);
  }

  private static void addStudents(List<Stage> stages, StageContext context) {
    Experiment experiment = context.experiment();
    List<StudentStage> students =
        experiment.methods().stream().map(method -> new StudentStage(context, method)).toList();
    if (experiment.teacherOutputs().mayStore()) {
      for (StoreKind kind : StoreKind.of(experiment.methods())) {
        stages.add(
            new StoreStage(
                context, kind, students.stream().filter(s -> s.needs().equals(kind)).toList()));
      }
    }
    stages.addAll(students);
  }

  private static Optional<Phantoms> phantoms(WorkerRequest request) {
    return request.phantoms().or(() -> request.experiment().flatMap(Experiment::phantoms));
  }

  private static boolean atLeast(Goal goal, Goal needed) {
    return goal.ordinal() >= needed.ordinal();
  }
}
