package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.LabelMap;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Subject;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.CaseScorer;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.TestSet;
import org.mskd.file.AtomicFile;
import org.mskd.model.Model;
import org.mskd.prediction.SliceScorer;
import org.mskd.prediction.StudentScorer;
import org.mskd.prediction.TeachersScorer;
import org.mskd.prediction.VolumePredictor;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Orientation;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/**
 * Predicts the test set with the merged teachers and with the student, in the scans' own grids, and
 * scores them there: {@code predictions/}, {@code evaluation/metrics.json} and {@code
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
    inputs.put("testSet", String.valueOf(testSet.directory().getFileName()));
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
    TrainedModels models = new TrainedModels(context);
    List<Model> teachers = organs.stream().map(models::teacher).toList();
    Model student = models.student();
    int batch = context.experiment().training().batchSize();
    List<ModelScore> scores = new ArrayList<>();
    Map<String, Object> seconds = new TreeMap<>();
    int cases = steps() / 2;
    try (SliceScorer scorer = new TeachersScorer(teachers, batch)) {
      scores.add(score(TEACHERS, scorer, 0, progress, seconds));
    }
    try (SliceScorer scorer = new StudentScorer(student, batch)) {
      scores.add(score(StudentStage.METHOD, scorer, cases, progress, seconds));
    }
    AtomicFile.writeText(
        context.folders().evaluation().resolve("timings.json"),
        ExperimentJson.write(Map.of("schema", 1, "secondsPerCase", seconds)) + "\n");
    MetricsFile.write(
        metricsFile(context.folders()),
        new Metrics(testSet.directory().getFileName().toString(), scores));
  }

  private ModelScore score(
      String name,
      SliceScorer scorer,
      int stepsBefore,
      StageProgress progress,
      Map<String, Object> seconds) {
    VolumePredictor predictor = new VolumePredictor(scorer);
    CaseScorer caseScorer = new CaseScorer(organs);
    LabelMap labels = LabelMap.test(testSet, organs);
    List<CaseScore> scores = new ArrayList<>();
    List<Subject> subjects = DatasetFolder.test(testSet.directory());
    long predicting = 0;
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      long start = System.nanoTime();
      Volume label = NiftiReader.read(subject.label());
      Volume predicted = predict(predictor, subject, label);
      predicting += System.nanoTime() - start;
      scores.addAll(
          caseScorer.score(
              subject.id(),
              label.grid(),
              bytes(labels.classes(subject.label(), label)),
              bytes(predicted)));
      Path file = context.folders().predictions().resolve(name).resolve(subject.id() + ".nii.gz");
      NiftiWriter.write(file, declaredValues(predicted), VoxelType.UINT16);
      progress.step(stepsBefore + i + 1);
    }
    seconds.put(name, predicting * 1e-9 / subjects.size());
    return ModelScore.of(name, scorer.passes(), scores);
  }

  private Volume predict(VolumePredictor predictor, Subject subject, Volume label) {
    Path store =
        context.folders().prepared().resolve(PreparedSet.TEST).resolve(subject.id() + ".slices");
    try (SliceStore slices = SliceStore.open(store)) {
      byte[] classes = predictor.predict(slices);
      float[] voxels = new float[classes.length];
      for (int i = 0; i < voxels.length; i++) {
        voxels[i] = classes[i];
      }
      Volume canonical = new Volume(Orientation.canonical(label.grid()), voxels);
      return Orientation.fromCanonical(canonical, label.grid());
    }
  }

  /** Classes 1..K as the values that the test set's labels use; the others as K + class. */
  private Volume declaredValues(Volume classes) {
    int[] values = new int[organs.size() + 1];
    int free = testSet.labels().stream().mapToInt(OrganLabel::value).max().orElse(0);
    for (int c = 1; c < values.length; c++) {
      String organ = organs.get(c - 1);
      values[c] =
          testSet.labels().stream()
              .filter(label -> label.organ().equals(organ))
              .mapToInt(OrganLabel::value)
              .findFirst()
              .orElse(free + c);
    }
    float[] voxels = new float[classes.voxels().length];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = values[(int) classes.voxels()[i]];
    }
    return new Volume(classes.grid(), voxels);
  }

  private static byte[] bytes(Volume classes) {
    byte[] bytes = new byte[classes.voxels().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) classes.voxels()[i];
    }
    return bytes;
  }
}
