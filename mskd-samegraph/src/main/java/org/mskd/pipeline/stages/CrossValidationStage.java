package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.ComponentScores;
import org.mskd.evaluation.ComponentsFile;
import org.mskd.evaluation.FoldsFile;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.SeedScores;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.model.ModelEnsemble;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;

/**
 * Joins the folds of a cross-validation in {@code cross-validation/}: {@code metrics.json} with the
 * scores of all held-out subjects together, {@code folds.json} with the means of each fold, {@code
 * components.json} with Dice by the components that are kept, and {@code NAME.mskd}, the ensemble
 * of a student's folds. Computes nothing.
 */
public final class CrossValidationStage implements Stage {
  /** Its id, and the name of the scored subjects in its files. */
  static final String NAME = "cross-validation";

  private final StageContext context;
  private final List<Integer> folds;

  public CrossValidationStage(StageContext context) {
    this.context = context;
    this.folds = context.experiment().validation().trainedFolds();
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
    return models().size();
  }

  private List<String> models() {
    return MetricsStage.models(context.experiment());
  }

  @Override
  public StageSpec spec() {
    Experiment experiment = context.experiment();
    StageSpec spec =
        context
            .spec(NAME, StageKind.CROSS_VALIDATION, getClass())
            .with("folds", folds.toString())
            .with("models", models().toString()) // their order is that of the metrics
            .with("seed", Long.toString(experiment.seed())); // of the intervals
    for (int fold : folds) {
      StageContext own = context.ofFold(fold);
      for (String model : models()) {
        spec = spec.withOutput("scores." + model + ", fold " + fold, scores(own, model));
      }
      for (Method method : experiment.methods()) {
        spec =
            spec.withOutput(
                "student." + method.name() + ", fold " + fold,
                own.id(TrainStage.studentId(method.name())));
      }
    }
    return spec;
  }

  private static String scores(StageContext fold, String model) {
    return ScoreFoldStage.idFor(fold, model);
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().crossValidation());
  }

  @Override
  public void run(StageWork work) {
    Path folder = context.folders().in(work.folder()).crossValidation();
    List<List<ModelScore>> ofFolds = folds.stream().map(this::scoresOf).toList();
    List<ModelScore> joined = new ArrayList<>();
    for (int m = 0; m < models().size(); m++) {
      joined.add(joined(ofFolds, m));
    }
    MetricsFile.write(
        ExperimentFolders.metricsIn(folder),
        new Metrics(NAME, context.experiment().evaluation().surfaceToleranceMm(), joined));
    FoldsFile.write(
        ExperimentFolders.foldsIn(folder),
        SeedScores.of(folds.stream().map(Integer::longValue).toList(), ofFolds));
    ComponentsFile.write(ExperimentFolders.componentsIn(folder), components());
    int step = 1; // the teachers have no ensemble
    for (Method method : context.experiment().methods()) {
      ModelEnsemble.write(
          ExperimentFolders.ensembleIn(folder, method.name()),
          folds.stream()
              .map(fold -> context.folders().ofFold(fold).method(method.name()))
              .map(ExperimentFolders::modelIn)
              .toList());
      work.progress().step(++step);
    }
  }

  private SortedMap<String, ComponentScores> components() {
    SortedMap<String, ComponentScores> joined = new TreeMap<>();
    for (String model : models()) {
      List<ComponentScores> ofFolds = new ArrayList<>();
      for (int fold : folds) {
        Path scores = context.folders().ofFold(fold).evaluation(model);
        ofFolds.addAll(ComponentsFile.read(ExperimentFolders.componentsIn(scores)).values());
      }
      joined.put(model, ComponentScores.join(ofFolds));
    }
    return joined;
  }

  private List<ModelScore> scoresOf(int fold) {
    ExperimentFolders own = context.folders().ofFold(fold);
    return models().stream()
        .map(model -> MetricsFile.read(ExperimentFolders.scoresIn(own.evaluation(model))))
        .flatMap(metrics -> metrics.models().stream())
        .toList();
  }

  /** A model's scores of all cases; each is held out once. */
  private ModelScore joined(List<List<ModelScore>> ofFolds, int model) {
    List<CaseScore> cases =
        ofFolds.stream().flatMap(models -> models.get(model).cases().stream()).toList();
    ModelScore first = ofFolds.get(0).get(model);
    return ModelScore.of(first.name(), first.cost(), cases, context.experiment().seed());
  }
}
