package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mskd.dataset.PreparedSet;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsCsv;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
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
    return models().size();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        context
            .spec(ID, StageKind.EVALUATE)
            .with("testSet", nameOf(testSet.directory()))
            .with("models", models().toString()); // their order is that of the metrics
    for (String model : models()) {
      spec = spec.withOutput("scores." + model, EvaluateStage.idFor(model));
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
    ExperimentFolders made = new ExperimentFolders(work.folder());
    List<ModelScore> scores = new ArrayList<>();
    for (String model : models()) {
      Path folder = context.folders().evaluation(model);
      scores.addAll(MetricsFile.read(ExperimentFolders.scoresIn(folder)).models());
      work.progress().step(scores.size());
    }
    TimingsFile.write(
        made.evaluation().resolve(TimingsFile.NAME),
        new ModelTimings(context, work.progress()).of(models()));
    Metrics metrics =
        new Metrics(
            nameOf(testSet.directory()),
            context.experiment().evaluation().surfaceToleranceMm(),
            scores);
    MetricsFile.write(made.metricsFile(), metrics);
    MetricsCsv.writeCases(made.casesCsv(), metrics);
    MetricsCsv.writeSummary(made.summaryCsv(), metrics);
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
