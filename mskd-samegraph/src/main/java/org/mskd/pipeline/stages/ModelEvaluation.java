package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mskd.dataset.SliceStore;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.CaseScorer;
import org.mskd.evaluation.ModelCost;
import org.mskd.evaluation.ModelScore;
import org.mskd.prediction.ComponentFilter;
import org.mskd.prediction.PredictionWriter;
import org.mskd.prediction.VolumeScorer;
import org.mskd.volume.ClassMap;

/** Evaluation of one model: predicts, writes and scores cases one by one. */
final class ModelEvaluation {
  private final String name;
  private final VolumeScorer scorer;
  private final ComponentFilter filter;
  private final PredictionWriter writer;
  private final Path folder;
  private final List<CaseScore> scores = new ArrayList<>();
  private long nanos;
  private int cases;

  /**
   * @param filter applied to each prediction
   * @param folder folder of its predictions
   */
  ModelEvaluation(
      String name,
      VolumeScorer scorer,
      ComponentFilter filter,
      PredictionWriter writer,
      Path folder) {
    this.name = name;
    this.scorer = scorer;
    this.filter = filter;
    this.writer = writer;
    this.folder = folder;
  }

  /**
   * Adds a case.
   *
   * @param caseScorer of the organs that its reference annotates
   */
  void add(TestCase testCase, SliceStore slices, CaseScorer caseScorer) {
    add(testCase, slices, caseScorer, predicted -> {});
  }

  /**
   * Adds a case.
   *
   * @param unfiltered receives the prediction before components are removed; it must not change it
   */
  void add(
      TestCase testCase, SliceStore slices, CaseScorer caseScorer, Consumer<ClassMap> unfiltered) {
    long start = System.nanoTime();
    ClassMap predicted = scorer.predict(slices, testCase::voxels, testCase.scan().grid());
    unfiltered.accept(predicted);
    filter.apply(predicted);
    nanos += System.nanoTime() - start;
    cases++;
    writer.write(folder.resolve(testCase.id() + ".nii.gz"), predicted, testCase.scan());
    scores.addAll(
        caseScorer.score(
            testCase.id(), predicted.grid(), testCase.reference().classes(), predicted.classes()));
  }

  /**
   * Scores of the cases so far.
   *
   * @param seed the experiment's
   */
  ModelScore score(long seed) {
    ModelCost cost = new ModelCost(scorer.passes(), scorer.heads(), scorer.parameters());
    return ModelScore.of(name, cost, scores, seed);
  }

  /** Mean time of a prediction in seconds, without reading labels, writing and scoring. */
  double secondsPerCase() {
    return nanos * 1e-9 / Math.max(1, cases);
  }
}
