package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Subject;
import org.mskd.dataset.SubjectReader;
import org.mskd.evaluation.CaseScorer;
import org.mskd.evaluation.ComponentsFile;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Method;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.prediction.ComponentFilter;
import org.mskd.prediction.PredictionWriter;
import org.mskd.prediction.VolumeScorer;
import org.mskd.problem.BadInputException;
import org.mskd.volume.ClassMap;

/**
 * Predicts the subjects that a fold holds out with one model of that fold, and scores them on the
 * voxel grids of their scans as {@link EvaluateStage} does the test set: {@code
 * folds/N/predictions/NAME/} and {@code folds/N/evaluation/NAME/scores.json}; {@code
 * components.json} has Dice where the largest components alone are kept. A subject is scored on the
 * organs that its labels annotate.
 */
public final class ScoreFoldStage implements Stage {
  private final StageContext context;
  private final String model;
  private final List<String> organs;

  /**
   * @param context of the fold
   * @param model {@link Method#TEACHERS}, or the name of a method
   */
  public ScoreFoldStage(StageContext context, String model) {
    this.context = context;
    this.model = model;
    this.organs = context.experiment().organs();
  }

  /** The id of a model's stage in a fold. */
  static String idFor(StageContext fold, String model) {
    return fold.id("score/" + model);
  }

  @Override
  public String name() {
    return context.name("score " + model);
  }

  @Override
  public String id() {
    return idFor(context, model);
  }

  @Override
  public int steps() {
    return scored().subjects().size();
  }

  private ScoredSubjects scored() {
    return new ScoredSubjects(context, organs, context.heldOut().orElseThrow());
  }

  @Override
  public StageSpec spec() {
    Experiment experiment = context.experiment();
    StageSpec spec =
        scored()
            .in(context.tensorSpec(id(), StageKind.CROSS_VALIDATION, getClass()))
            .with("organs", organs.toString())
            .with("components", ExperimentJson.write(experiment.evaluation().components()))
            .with("surfaceTolerance", Double.toString(tolerance()))
            .with("seed", Long.toString(experiment.seed())); // of the intervals
    for (DatasetSource set : experiment.datasets()) {
      spec =
          spec.with(
                  "volumes." + set.organ(),
                  context.volumes(set.directory(), () -> DatasetFolder.training(set.directory())))
              .with("labels." + set.organ(), ExperimentJson.withoutPaths(set).toString());
    }
    for (MultiOrganSource set : experiment.multiOrgan()) {
      spec =
          spec.with(
                  "volumes." + set.name(),
                  context.volumes(
                      set.labelFolder(),
                      () -> DatasetFolder.apart(set.images(), set.labelFolder())))
              .with("labels." + set.name(), ExperimentJson.withoutPaths(set).toString());
    }
    return model.equals(Method.TEACHERS)
        ? context.withTeachers(spec)
        : spec.withOutput("student." + model, context.id(TrainStage.studentId(model)));
  }

  private double tolerance() {
    return context.experiment().evaluation().surfaceToleranceMm();
  }

  @Override
  public List<Path> outputs() {
    return List.of(
        context.folders().predictions().resolve(model), context.folders().evaluation(model));
  }

  @Override
  public void run(StageWork work) {
    ExperimentFolders made = context.folders().in(work.folder());
    List<ScoredSubjects.Scored> subjects = scored().subjects();
    ComponentTrial trial = new ComponentTrial(organs);
    try (VolumeScorer scorer = context.scorer(model)) {
      ModelEvaluation evaluation =
          new ModelEvaluation(
              model,
              scorer,
              new ComponentFilter(context.experiment().evaluation().components(), organs),
              new PredictionWriter(organs, List.of()),
              made.predictions().resolve(model));
      int step = 0;
      for (ScoredSubjects.Scored subject : subjects) {
        try (SliceStore slices = SliceStore.open(subject.file())) {
          TestCase testCase = read(subject, slices.id());
          evaluation.add(
              testCase,
              slices,
              new CaseScorer(organs, annotated(subject), tolerance()),
              predicted -> trial.add(predicted, testCase.reference(), annotated(subject)));
        }
        work.progress().step(++step);
      }
      MetricsFile.write(
          ExperimentFolders.scoresIn(made.evaluation(model)),
          new Metrics(
              CrossValidationStage.NAME,
              tolerance(),
              List.of(evaluation.score(context.experiment().seed()))));
      ComponentsFile.write(
          ExperimentFolders.componentsIn(made.evaluation(model)),
          new TreeMap<>(Map.of(model, trial.scores())));
    }
  }

  private List<String> annotated(ScoredSubjects.Scored subject) {
    return subject.channels().stream()
        .filter(channel -> channel > 0)
        .map(channel -> organs.get(channel - 1))
        .toList();
  }

  /** The case, named after its set and its subject, with the network's classes. */
  private TestCase read(ScoredSubjects.Scored subject, String id) {
    Experiment experiment = context.experiment();
    TestCase found =
        experiment.datasets().stream()
            .filter(set -> set.organ().equals(subject.set()))
            .findFirst()
            .map(set -> read(set, id))
            .orElseGet(() -> read(multiOrgan(subject.set()), id));
    byte[] classes = found.reference().classes();
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] != 0) {
        classes[i] = subject.channels().get(classes[i] - 1).byteValue();
      }
    }
    return new TestCase(
        subject.set() + "/" + id,
        found.subject(),
        found.scan(),
        new ClassMap(found.reference().grid(), classes));
  }

  private static TestCase read(DatasetSource set, String id) {
    return TestCase.read(
        subject(DatasetFolder.training(set.directory()), id), SubjectReader.of(set));
  }

  private static TestCase read(MultiOrganSource set, String id) {
    return TestCase.read(
        subject(DatasetFolder.apart(set.images(), set.labelFolder()), id), SubjectReader.of(set));
  }

  private MultiOrganSource multiOrgan(String name) {
    return context.experiment().multiOrgan().stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Subject subject(List<Subject> subjects, String id) {
    return subjects.stream()
        .filter(subject -> subject.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "The label of " + id + " is gone.", "Run the same goal again."));
  }
}
