package org.mskd.pipeline.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.ScanMemory;
import org.mskd.dataset.Subject;
import org.mskd.dataset.SubjectReader;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.TestSet;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.prediction.PredictionWriter;
import org.mskd.problem.BadInputException;
import org.mskd.report.TestCases;
import org.mskd.report.picture.PicturedCase;

/** The cases of the test set, read when they are drawn. */
final class EvaluatedCases implements TestCases {
  private final Map<String, Subject> subjects = new TreeMap<>();
  private final TestSet testSet;
  private final SubjectReader reader;
  private final List<String> models;
  private final ExperimentFolders folders;
  private final int[] values;

  /**
   * @param models the evaluated models, the best first
   */
  EvaluatedCases(
      Experiment experiment, TestSet testSet, List<String> models, ExperimentFolders folders) {
    this.testSet = testSet;
    this.reader = SubjectReader.of(testSet, experiment.organs());
    this.models = models;
    this.folders = folders;
    this.values = new PredictionWriter(experiment.organs(), testSet.labels()).values();
    DatasetFolder.test(testSet.directory()).forEach(subject -> subjects.put(subject.id(), subject));
  }

  @Override
  public <T> T with(String caseId, Function<PicturedCase, T> work) {
    Subject subject = subjects.get(caseId);
    if (subject == null) {
      throw new BadInputException(
          "The test set " + testSet.directory() + " has no case " + caseId + " any more.",
          "Run mskd:evaluate again.");
    }
    return ScanMemory.of(
        subject,
        () -> work.apply(new EvaluatedCase(reader.read(subject), models, folders, values)));
  }
}
