package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.LabelMap;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Subject;
import org.mskd.evaluation.CaseScorer;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.TestSet;
import org.mskd.model.Model;
import org.mskd.prediction.PredictionWriter;
import org.mskd.prediction.SliceScorer;
import org.mskd.prediction.StudentScorer;
import org.mskd.prediction.TeachersScorer;

/**
 * Predicts the test set with the merged teachers and with the student, voxel for voxel on the
 * scans, and scores them there: {@code predictions/}, {@code evaluation/metrics.json} and {@code
 * timings.json}.
 */
final class EvaluateStage implements Stage {
  private static final String NAME = "evaluate";
  private static final String TEACHERS = "teachers";

  private final StageContext context;
  private final TestSet testSet;
  private final List<String> organs;

  EvaluateStage(StageContext context, TestSet testSet) {
    this.context = context;
    this.testSet = testSet;
    this.organs = context.experiment().organs();
  }

  static Path metricsFile(ExperimentFolders folders) {
    return folders.evaluation().resolve("metrics.json");
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
    return 2 * DatasetFolder.test(testSet.directory()).size();
  }

  @Override
  public SortedMap<String, String> inputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    inputs.put("prepared.test", context.outputsOf(PrepareTestStage.ID));
    inputs.put("files", context.digests().of(DatasetFolder.test(testSet.directory())));
    inputs.put("testSet", nameOf(testSet.directory()));
    inputs.put("organs", organs.toString());
    inputs.put("labels", ExperimentJson.write(testSet.labels()));
    for (String organ : organs) {
      inputs.put("teacher." + organ, context.outputsOf(TeacherStage.idFor(organ)));
    }
    inputs.put("student", context.outputsOf(StudentStage.ID));
    inputs.put("threads", Integer.toString(context.threads()));
    inputs.put("backend", context.backend());
    inputs.put("version", context.version());
    return inputs;
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().evaluation(), context.folders().predictions());
  }

  @Override
  public boolean startsEmpty() {
    return true;
  }

  @Override
  public void run(StageProgress progress) {
    TrainedModels trained = new TrainedModels(context);
    List<Model> models = organs.stream().map(trained::teacher).toList();
    try (SliceScorer teachers = new TeachersScorer(models, batch());
        SliceScorer student = new StudentScorer(trained.student(), batch())) {
      List<ModelEvaluation> evaluations =
          List.of(evaluation(TEACHERS, teachers), evaluation(StudentStage.METHOD, student));
      evaluate(evaluations, progress);
      write(evaluations);
    }
  }

  private int batch() {
    return context.experiment().training().batchSize();
  }

  private ModelEvaluation evaluation(String name, SliceScorer scorer) {
    return new ModelEvaluation(
        name,
        scorer,
        new PredictionWriter(organs, testSet.labels()),
        new CaseScorer(organs),
        context.folders().predictions().resolve(name));
  }

  /** Case by case, so that each label is read once for all models. */
  private void evaluate(List<ModelEvaluation> models, StageProgress progress) {
    LabelMap labels = LabelMap.test(testSet, organs);
    Path stores = context.folders().prepared().resolve(PreparedSet.TEST);
    int step = 0;
    for (Subject subject : DatasetFolder.test(testSet.directory())) {
      TestCase testCase = TestCase.read(subject, labels);
      try (SliceStore slices = SliceStore.open(stores.resolve(subject.id() + ".slices"))) {
        for (ModelEvaluation model : models) {
          model.add(testCase, slices);
          progress.step(++step);
        }
      }
    }
  }

  private void write(List<ModelEvaluation> models) {
    SortedMap<String, Double> seconds = new TreeMap<>();
    models.forEach(model -> seconds.put(model.name(), model.secondsPerCase()));
    TimingsFile.write(context.folders().evaluation().resolve("timings.json"), seconds);
    MetricsFile.write(
        metricsFile(context.folders()),
        new Metrics(
            nameOf(testSet.directory()), models.stream().map(ModelEvaluation::score).toList()));
  }

  /** The folder's own name, not its path; the root of a disk has none. */
  static String nameOf(Path directory) {
    Path name = directory.toAbsolutePath().normalize().getFileName();
    return name == null ? PreparedSet.TEST : name.toString();
  }
}
