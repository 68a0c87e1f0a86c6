package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Subject;
import org.mskd.dataset.SubjectReader;
import org.mskd.evaluation.CaseScorer;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Method;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.TestSet;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.prediction.ComponentFilter;
import org.mskd.prediction.PredictionWriter;
import org.mskd.prediction.VolumeScorer;

/**
 * Predicts the test set with one model (the merged teachers, or the student of one method) on the
 * voxel grids of the scans, and scores the predictions there: {@code predictions/NAME/}, and {@code
 * evaluation/NAME/scores.json} and {@code timings.json}. Each model has a stage of its own: adding
 * or removing a method changes no file of the others.
 */
public final class EvaluateStage implements Stage {
  private final StageContext context;
  private final TestSet testSet;
  private final String model;
  private final List<String> organs;

  /**
   * @param model {@link Method#TEACHERS}, or the name of a method
   */
  public EvaluateStage(StageContext context, TestSet testSet, String model) {
    this.context = context;
    this.testSet = testSet;
    this.model = model;
    this.organs = context.experiment().organs();
  }

  static String idFor(String model) {
    return "evaluate/" + model;
  }

  @Override
  public String name() {
    return context.name("evaluate " + model);
  }

  @Override
  public String id() {
    return context.id(idFor(model));
  }

  @Override
  public int steps() {
    return cases().size();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        context
            .tensorSpec(id(), StageKind.EVALUATE, getClass())
            .withOutput("prepared.test", PrepareTestStage.ID)
            .with("volumes", context.volumes(testSet.directory(), this::cases))
            .with("organs", organs.toString())
            .with("labels", ExperimentJson.write(testSet.labels()))
            .with("labelReading", ExperimentJson.write(testSet.reading()))
            .with(
                "components", ExperimentJson.write(context.experiment().evaluation().components()))
            .with("surfaceTolerance", Double.toString(tolerance()))
            .with("seed", Long.toString(context.experiment().seed())); // of the intervals
    return isTeachers()
        ? context.withTeachers(spec)
        : spec.withOutput("student." + model, context.id(TrainStage.studentId(model)));
  }

  private List<String> annotated() {
    return testSet.labels().stream().map(OrganLabel::organ).toList();
  }

  private double tolerance() {
    return context.experiment().evaluation().surfaceToleranceMm();
  }

  private boolean isTeachers() {
    return model.equals(Method.TEACHERS);
  }

  @Override
  public List<Path> outputs() {
    return List.of(
        context.folders().predictions().resolve(model), context.folders().evaluation(model));
  }

  @Override
  public List<String> byProducts() {
    return List.of(TimingsFile.NAME);
  }

  @Override
  public void run(StageWork work) {
    ExperimentFolders made = context.folders().in(work.folder());
    try (VolumeScorer scorer = context.scorer(model)) {
      ModelEvaluation evaluation =
          new ModelEvaluation(
              model,
              scorer,
              new ComponentFilter(context.experiment().evaluation().components(), organs),
              new PredictionWriter(organs, testSet.labels()),
              made.predictions().resolve(model));
      evaluate(evaluation, work.progress());
      // MetricsStage adds the name of the test set, which changes no prediction.
      MetricsFile.write(
          ExperimentFolders.scoresIn(made.evaluation(model)),
          new Metrics(
              PreparedSet.TEST,
              tolerance(),
              List.of(evaluation.score(context.experiment().seed()))));
      TimingsFile.write(
          made.evaluation(model).resolve(TimingsFile.NAME),
          model,
          TimingsFile.PREDICTION,
          evaluation.secondsPerCase());
    }
  }

  private List<Subject> cases() {
    return DatasetFolder.test(testSet.directory());
  }

  private void evaluate(ModelEvaluation evaluation, StageProgress progress) {
    SubjectReader reader = SubjectReader.of(testSet, organs);
    CaseScorer scorer = new CaseScorer(organs, annotated(), tolerance());
    Path stores = context.folders().prepared(PreparedSet.TEST);
    int step = 0;
    for (Subject subject : cases()) {
      TestCase testCase = TestCase.read(subject, reader);
      try (SliceStore slices = SliceStore.open(stores.resolve(subject.id() + ".slices"))) {
        evaluation.add(testCase, slices, scorer);
        progress.step(++step);
      }
    }
  }
}
