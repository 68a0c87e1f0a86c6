package org.mskd.pipeline.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mskd.dataset.DatasetFolder;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.TestSet;
import org.mskd.method.MethodChecks;
import org.mskd.pipeline.models.GivenTeachers;
import org.mskd.pipeline.models.InitialModels;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stages.CheckDataStage;
import org.mskd.pipeline.stages.CheckSetStage;
import org.mskd.pipeline.stages.CompareSetsStage;
import org.mskd.pipeline.stages.CrossValidationStage;
import org.mskd.pipeline.stages.EvaluateStage;
import org.mskd.pipeline.stages.ForegroundStage;
import org.mskd.pipeline.stages.InitialModelsStage;
import org.mskd.pipeline.stages.MetricsStage;
import org.mskd.pipeline.stages.OrganSizesStage;
import org.mskd.pipeline.stages.PhantomStage;
import org.mskd.pipeline.stages.PreparationStage;
import org.mskd.pipeline.stages.PrepareMultiOrganStage;
import org.mskd.pipeline.stages.PrepareStage;
import org.mskd.pipeline.stages.PrepareTestStage;
import org.mskd.pipeline.stages.PrepareUnlabelledStage;
import org.mskd.pipeline.stages.ScoreFoldStage;
import org.mskd.pipeline.stages.SplitStage;
import org.mskd.pipeline.stages.SplitUse;
import org.mskd.pipeline.stages.StageContext;
import org.mskd.pipeline.stages.StoreKind;
import org.mskd.pipeline.stages.StoreStage;
import org.mskd.pipeline.stages.TeacherFileStage;
import org.mskd.pipeline.stages.TrainStage;
import org.mskd.pipeline.stages.UsedMultiOrganSets;
import org.mskd.problem.BadInputException;

/** The stages that a goal needs, in order. All data are checked before anything is trained. */
public final class ExperimentPlan {
  private ExperimentPlan() {}

  /**
   * The stages of the request's goal.
   *
   * @throws BadInputException if the goal needs an element that is not declared, or a folder or a
   *     given model cannot be used
   */
  public static StageGraph of(WorkerRequest request) {
    Set<String> kinds =
        request.goal().targets().stream().map(StageKind::id).collect(Collectors.toSet());
    return new StageGraph(all(request)).neededBy(stage -> kinds.contains(stage.spec().kind()));
  }

  /** All stages of the experiment, each after those that it needs. */
  private static List<Stage> all(WorkerRequest request) {
    if (request.goal() == Goal.PREDICT) {
      return PredictionPlan.of(request);
    }
    if (request.scoring().isPresent()) {
      return ScoringPlan.of(request);
    }
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
        declared(request)
            .orElseThrow(
                () -> new BadInputException("No experiment is declared.", "Add <datasets>."));
    requireDeclared(request, experiment);
    if (stages.isEmpty()) {
      requireFolders(experiment);
    }
    new GivenTeachers(experiment).check();
    new InitialModels(experiment).check();
    StageContext context =
        new StageContext(
            experiment,
            new ExperimentFolders(request.outputDirectory()),
            request.threads(),
            request.environment(),
            request.options());
    if (request.goal() == Goal.CHECK_DATA) {
      addDataCheck(stages, context);
      return stages;
    }
    addPreparation(stages, context);
    addGivenTeachers(stages, context);
    if (InitialModelsStage.isNeeded(experiment)) {
      stages.add(new InitialModelsStage(context));
    }
    if (request.goal() == Goal.CROSS_VALIDATE) {
      addScoredSets(stages, context);
      addFolds(stages, context);
      return stages;
    }
    if (experiment.validation().holdsOut()) {
      stages.add(new SplitStage(context, SplitUse.VALIDATION));
    }
    if (OrganSizesStage.isNeeded(experiment)) {
      stages.add(new OrganSizesStage(context));
    }
    for (int replicate = 1; replicate <= experiment.replicates(); replicate++) {
      addReplicate(stages, context.ofReplicate(replicate));
    }
    experiment.testSet().ifPresent(testSet -> stages.add(new MetricsStage(context, testSet)));
    return stages;
  }

  /** The experiment; a cross-validation needs a number of folds. */
  private static Optional<Experiment> declared(WorkerRequest request) {
    return request.goal() == Goal.CROSS_VALIDATE
        ? request
            .experiment()
            .map(one -> one.toBuilder().validation(one.validation().withFolds()).build())
        : request.experiment();
  }

  private static void requireDeclared(WorkerRequest request, Experiment experiment) {
    RulesStep.requireDeclared(request, experiment);
    if (request.goal() == Goal.EVALUATE && experiment.testSet().isEmpty()) {
      throw new BadInputException(
          "<testSet> is missing.", "Declare a <testSet> with a <directory> and its <labels>.");
    }
    DeclaredFolders.check(experiment);
    MethodChecks.check(experiment);
  }

  /** Checks all folders first, so that a missing one is reported before any work. */
  private static void requireFolders(Experiment experiment) {
    experiment.datasets().forEach(source -> DatasetFolder.training(source.directory()));
    UsedMultiOrganSets.of(experiment)
        .forEach(source -> DatasetFolder.apart(source.images(), source.labelFolder()));
    experiment.unlabelled().forEach(source -> DatasetFolder.images(source.directory()));
    experiment.testSet().ifPresent(testSet -> DatasetFolder.test(testSet.directory()));
  }

  private static void addPreparation(List<Stage> stages, StageContext context) {
    List<PreparationStage> sets =
        preparations(context, UsedMultiOrganSets.of(context.experiment()));
    stages.addAll(sets);
    stages.add(new CompareSetsStage(context, sets));
  }

  private static List<PreparationStage> preparations(
      StageContext context, List<MultiOrganSource> multiOrgan) {
    Experiment experiment = context.experiment();
    List<PreparationStage> sets = new ArrayList<>();
    experiment.datasets().forEach(source -> sets.add(new PrepareStage(context, source)));
    multiOrgan.forEach(source -> sets.add(new PrepareMultiOrganStage(context, source)));
    experiment
        .unlabelled()
        .forEach(source -> sets.add(new PrepareUnlabelledStage(context, source)));
    experiment.testSet().ifPresent(set -> sets.add(new PrepareTestStage(context, set)));
    return sets;
  }

  private static void addDataCheck(List<Stage> stages, StageContext context) {
    List<CheckSetStage> sets =
        preparations(context, context.experiment().multiOrgan()).stream()
            .map(CheckSetStage::new)
            .toList();
    stages.addAll(sets);
    stages.add(new CheckDataStage(context, sets));
  }

  /** Adds the given teachers first, so that their errors are reported before any training. */
  private static void addGivenTeachers(List<Stage> stages, StageContext context) {
    for (String organ : context.experiment().organs()) {
      context
          .experiment()
          .teacherFile(organ)
          .ifPresent(given -> stages.add(new TeacherFileStage(context, given)));
    }
  }

  /** Adds what depends on the seed: teachers, students and their evaluation. */
  private static void addReplicate(List<Stage> stages, StageContext context) {
    addNetworks(stages, context);
    context.experiment().testSet().ifPresent(testSet -> addEvaluation(stages, context, testSet));
  }

  private static void addNetworks(List<Stage> stages, StageContext context) {
    Experiment experiment = context.experiment();
    for (String organ : experiment.organs()) {
      if (experiment.teacherFile(organ).isEmpty()) {
        stages.add(TrainStage.teacher(context, organ));
      }
    }
    if (ForegroundStage.isNeeded(experiment)) {
      experiment.unlabelled().forEach(source -> stages.add(new ForegroundStage(context, source)));
    }
    addStudents(stages, context);
  }

  /** Prepares the sets whose labels a cross-validation alone uses. */
  private static void addScoredSets(List<Stage> stages, StageContext context) {
    List<MultiOrganSource> others = new ArrayList<>(context.experiment().multiOrgan());
    others.removeAll(UsedMultiOrganSets.of(context.experiment()));
    others.forEach(source -> stages.add(new PrepareMultiOrganStage(context, source)));
  }

  /** Adds the networks of each fold and their scores, and the joined scores. */
  private static void addFolds(List<Stage> stages, StageContext context) {
    Experiment experiment = context.experiment();
    stages.add(new SplitStage(context, SplitUse.FOLDS));
    for (int fold : experiment.validation().trainedFolds()) {
      StageContext own = context.ofFold(fold);
      if (OrganSizesStage.isNeeded(experiment)) {
        stages.add(new OrganSizesStage(own));
      }
      addNetworks(stages, own);
      MetricsStage.models(experiment).forEach(model -> stages.add(new ScoreFoldStage(own, model)));
    }
    stages.add(new CrossValidationStage(context));
  }

  private static void addStudents(List<Stage> stages, StageContext context) {
    Experiment experiment = context.experiment();
    if (experiment.teacherOutputs().mayStore()) {
      StoreKind.of(experiment).forEach(kind -> stages.add(new StoreStage(context, kind)));
    }
    experiment.methods().forEach(method -> stages.add(TrainStage.student(context, method)));
  }

  private static void addEvaluation(List<Stage> stages, StageContext context, TestSet testSet) {
    MetricsStage.models(context.experiment())
        .forEach(model -> stages.add(new EvaluateStage(context, testSet, model)));
  }

  private static Optional<Phantoms> phantoms(WorkerRequest request) {
    return request.phantoms().or(() -> request.experiment().flatMap(Experiment::phantoms));
  }
}
