package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.Preparer;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.TestSet;

/**
 * Checks the test set, writes its slice stores, and makes sure that none of its patients is in a
 * training set.
 */
final class PrepareTestStage implements Stage {
  static final String ID = "prepare-test";

  private final StageContext context;
  private final TestSet testSet;

  PrepareTestStage(StageContext context, TestSet testSet) {
    this.context = context;
    this.testSet = testSet;
  }

  @Override
  public String name() {
    return "prepare test set";
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int steps() {
    return DatasetFolder.test(testSet.directory()).size();
  }

  @Override
  public SortedMap<String, String> inputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    inputs.put("files", context.digests().of(DatasetFolder.test(testSet.directory())));
    inputs.put("labels", ExperimentJson.write(testSet.labels()));
    inputs.put("organs", context.experiment().organs().toString());
    inputs.put("preprocessing", ExperimentJson.write(context.experiment().preprocessing()));
    inputs.put("version", context.version());
    for (String organ : context.experiment().organs()) {
      inputs.put("prepared." + organ, context.outputsOf(PrepareStage.idFor(organ)));
    }
    return inputs;
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().prepared().resolve(PreparedSet.TEST));
  }

  @Override
  public boolean startsEmpty() {
    return false; // Preparer removes the stores it does not write
  }

  @Override
  public void run(StageProgress progress) {
    List<PreparedSet> training =
        context.experiment().organs().stream()
            .map(organ -> PreparedSet.read(context.folders().prepared().resolve(organ)))
            .toList();
    new Preparer(
            context.experiment().preprocessing(),
            context.folders().root(),
            (set, done, of) -> progress.step(done))
        .test(testSet, training, progress::warn);
  }
}
