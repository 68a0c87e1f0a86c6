package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mskd.dataset.PreparedSet;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsCsv;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.SeedScores;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.experiment.Replicates;
import org.mskd.experiment.TestSet;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;

/**
 * Joins the scores of all models of the experiment into {@code evaluation/metrics.json} and, as
 * tables, {@code cases.csv} and {@code summary.csv}, and their times into {@code timings.json}.
 * Computes nothing.
 */
public final class MetricsStage implements Stage {
  private static final String ID = "metrics";

  private final StageContext context;
  private final TestSet testSet;

  public MetricsStage(StageContext context, TestSet testSet) {
    this.context = context;
    this.testSet = testSet;
  }

  /** The models that are evaluated, in the order of the metrics: the teachers, then the methods. */
  public static List<String> models(Experiment experiment) {
    return Stream.concat(
            Stream.of(Method.TEACHERS), experiment.methods().stream().map(Method::name))
        .toList();
  }

  @Override
  public String name() {
    return ID;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int steps() {
    return replicates() * models().size();
  }

  private int replicates() {
    return context.experiment().replicates();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        context
            .spec(ID, StageKind.EVALUATE)
            .with("testSet", nameOf(testSet.directory()))
            .with("models", models().toString()); // their order is that of the metrics
    for (int replicate = 1; replicate <= replicates(); replicate++) {
      StageContext own = context.ofReplicate(replicate);
      String ending = replicate == 1 ? "" : ", replicate " + replicate;
      for (String model : models()) {
        spec = spec.withOutput("scores." + model + ending, own.id(EvaluateStage.idFor(model)));
      }
    }
    return spec;
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().evaluation());
  }

  @Override
  public List<String> byProducts() {
    return List.of(TimingsFile.NAME);
  }

  /** The report on the rules, which belongs to the replaced scores. */
  @Override
  public List<Path> invalidated() {
    return List.of(context.folders().rulesReport());
  }

  @Override
  public void run(StageWork work) {
    ExperimentFolders made = context.folders().in(work.folder());
    List<List<ModelScore>> replicates = new ArrayList<>();
    for (int replicate = 1; replicate <= replicates(); replicate++) {
      replicates.add(scores(context.folders().ofReplicate(replicate)));
      work.progress().step(replicate * models().size());
    }
    TimingsFile.write(
        made.evaluation().resolve(TimingsFile.NAME),
        new ModelTimings(context, work.progress()).of(models()));
    Metrics metrics =
        new Metrics(
            nameOf(testSet.directory()),
            context.experiment().evaluation().surfaceToleranceMm(),
            replicates.get(0),
            replicates() == 1
                ? Optional.empty()
                : Optional.of(
                    SeedScores.of(
                        Replicates.seeds(context.experiment().seed(), replicates()), replicates)));
    MetricsFile.write(made.metricsFile(), metrics);
    MetricsCsv.writeCases(made.casesCsv(), metrics);
    MetricsCsv.writeSummary(made.summaryCsv(), metrics);
  }

  private List<ModelScore> scores(ExperimentFolders folders) {
    List<ModelScore> scores = new ArrayList<>();
    for (String model : models()) {
      Path file = ExperimentFolders.scoresIn(folders.evaluation(model));
      scores.addAll(MetricsFile.read(file).models());
    }
    return scores;
  }

  private List<String> models() {
    return models(context.experiment());
  }

  /** The folder's name without its path; empty for the root of a disk. */
  static String nameOf(Path directory) {
    Path name = directory.toAbsolutePath().normalize().getFileName();
    return name == null ? PreparedSet.TEST : name.toString();
  }
}
