package org.mskd.pipeline.stages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.Subject;
import org.mskd.dataset.SubjectReader;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.CaseScorer;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsCsv;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.Scoring;
import org.mskd.file.Sha256;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;
import org.mskd.volume.ClassMap;

/**
 * Scores the predictions of a given model, as {@link EvaluateStage} scores those of an experiment:
 * {@code evaluation/metrics.json} and, as tables, {@code cases.csv} and {@code summary.csv}.
 */
public final class ScoreModelStage implements Stage {
  private static final String ID = "score-model";

  private final ScoredModel model;

  public ScoreModelStage(ScoredModel model) {
    this.model = model;
  }

  @Override
  public String name() {
    return "score " + model.name();
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int steps() {
    return model.cases().size();
  }

  @Override
  public StageSpec spec() {
    Scoring scoring = model.scoring();
    StageSpec spec =
        model
            .in(ComputeContext.spec(ID, StageKind.EVALUATE, getClass()))
            .with("name", model.name())
            .with("testSet", testSet())
            .with("surfaceTolerance", Double.toString(scoring.surfaceToleranceMm()))
            .with("seed", Long.toString(scoring.seed())); // of the intervals
    // By the files: while a scan cannot be predicted, there is no score.
    for (Subject subject : model.cases()) {
      Path file = model.prediction(subject);
      if (Files.isRegularFile(file)) {
        spec = spec.with("prediction." + subject.id(), Sha256.of(file));
      }
    }
    return spec;
  }

  private String testSet() {
    return MetricsStage.nameOf(model.testSet().directory());
  }

  @Override
  public List<Path> outputs() {
    return List.of(new ExperimentFolders(model.context().output()).evaluation());
  }

  @Override
  public void run(StageWork work) {
    requireAllPredicted();
    warn(work);
    List<CaseScore> scores = new ArrayList<>();
    CaseScorer scorer =
        new CaseScorer(model.organs(), model.scored(), model.scoring().surfaceToleranceMm());
    SubjectReader reader = SubjectReader.of(model.testSet(), model.organs());
    int step = 0;
    for (Subject subject : model.cases()) {
      ClassMap reference = TestCase.read(subject, reader).reference();
      ClassMap predicted = model.predicted(subject);
      scores.addAll(
          scorer.score(subject.id(), predicted.grid(), reference.classes(), predicted.classes()));
      work.progress().step(++step);
    }
    Metrics metrics =
        new Metrics(
            testSet(),
            model.scoring().surfaceToleranceMm(),
            List.of(ModelScore.of(model.name(), model.cost(), scores, model.scoring().seed())));
    ExperimentFolders made = new ExperimentFolders(work.folder());
    MetricsFile.write(made.metricsFile(), metrics);
    MetricsCsv.writeCases(made.casesCsv(), metrics);
    MetricsCsv.writeSummary(made.summaryCsv(), metrics);
  }

  private void requireAllPredicted() {
    String missing =
        model.context().subjects().stream()
            .filter(model.context()::isLeftOut)
            .map(Subject::id)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new BadInputException(
          "Nothing is scored, since these scans could not be predicted: " + missing + ".",
          "The errors above name the reasons.");
    }
  }

  @ResultNeutral
  private void warn(StageWork work) {
    model.warnings().forEach(work.progress()::warn);
  }
}
