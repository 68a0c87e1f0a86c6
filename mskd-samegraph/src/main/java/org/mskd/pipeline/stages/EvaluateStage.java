package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.LabelMap;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Subject;
import org.mskd.evaluation.CaseScorer;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Method;
import org.mskd.experiment.TestSet;
import org.mskd.pipeline.models.ExperimentModels;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.prediction.PredictionWriter;
import org.mskd.prediction.SliceScorer;
import org.mskd.prediction.StudentScorer;
import org.mskd.prediction.TeachersScorer;

/**
 * Predicts the test set with the merged teachers and with the student of each method, voxel for
 * voxel on the scans, and scores them there: {@code predictions/}, {@code evaluation/metrics.json}
 * and {@code timings.json}. One model after the other, so that memory holds the networks of one.
 */
public final class EvaluateStage implements Stage {
  private static final String NAME = "evaluate";

  private final StageContext context;
  private final TestSet testSet;
  private final List<String> organs;

  public EvaluateStage(StageContext context, TestSet testSet) {
    this.context = context;
    this.testSet = testSet;
    this.organs = context.experiment().organs();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String id() {
    return NAME;
  }

  @Override
  public int steps() {
    return models().size() * cases().size();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        context
            .withTeachers(context.tensorSpec(id(), StageKind.EVALUATE, getClass()))
            .withOutput("prepared.test", PrepareTestStage.ID)
            .with("volumes", context.volumes(testSet.directory(), this::cases))
            .with("testSet", nameOf(testSet.directory()))
            .with("organs", organs.toString())
            .with("labels", ExperimentJson.write(testSet.labels()))
            .with("models", models().toString()); // their order is that of the metrics
    for (Method method : context.experiment().methods()) {
      spec = spec.withOutput("student." + method.name(), TrainStage.studentId(method.name()));
    }
    return spec;
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().evaluation(), context.folders().predictions());
  }

  @Override
  public List<String> byProducts() {
    return List.of(TimingsFile.NAME);
  }

  /** Verdicts on the scores that are replaced. */
  @Override
  public List<Path> invalidated() {
    return List.of(context.folders().rulesReport());
  }

  @Override
  public void run(StageWork work) {
    ExperimentFolders made = new ExperimentFolders(work.folder());
    ExperimentModels trained = context.models();
    List<ModelScore> scores = new ArrayList<>();
    SortedMap<String, Double> seconds = new TreeMap<>();
    for (String name : models()) {
      try (SliceScorer scorer = scorer(name, trained)) {
        ModelEvaluation model = evaluation(name, scorer, made.predictions());
        evaluate(model, work.progress(), scores.size() * cases().size());
        scores.add(model.score());
        seconds.put(name, model.secondsPerCase());
      }
    }
    TimingsFile.write(made.evaluation().resolve(TimingsFile.NAME), seconds);
    MetricsFile.write(made.metricsFile(), new Metrics(nameOf(testSet.directory()), scores));
  }

  /** In the order of the results. */
  private List<String> models() {
    return Stream.concat(
            Stream.of(Method.TEACHERS), context.experiment().methods().stream().map(Method::name))
        .toList();
  }

  private List<Subject> cases() {
    return DatasetFolder.test(testSet.directory());
  }

  private SliceScorer scorer(String name, ExperimentModels trained) {
    int batch = context.experiment().training().batchSize();
    return name.equals(Method.TEACHERS)
        ? new TeachersScorer(trained.teachers(), batch)
        : new StudentScorer(trained.student(name), batch);
  }

  private ModelEvaluation evaluation(String name, SliceScorer scorer, Path predictions) {
    return new ModelEvaluation(
        name,
        scorer,
        new PredictionWriter(organs, testSet.labels()),
        new CaseScorer(organs),
        predictions.resolve(name));
  }

  /** Reads each label again for each model: cheaper than to hold the networks of all models. */
  private void evaluate(ModelEvaluation model, StageProgress progress, int stepsBefore) {
    LabelMap labels = LabelMap.test(testSet, organs);
    Path stores = context.folders().prepared(PreparedSet.TEST);
    int step = stepsBefore;
    for (Subject subject : cases()) {
      TestCase testCase = TestCase.read(subject, labels);
      try (SliceStore slices = SliceStore.open(stores.resolve(subject.id() + ".slices"))) {
        model.add(testCase, slices);
        progress.step(++step);
      }
    }
  }

  /** The folder's own name, not its path; the root of a disk has none. */
  static String nameOf(Path directory) {
    Path name = directory.toAbsolutePath().normalize().getFileName();
    return name == null ? PreparedSet.TEST : name.toString();
  }
}
