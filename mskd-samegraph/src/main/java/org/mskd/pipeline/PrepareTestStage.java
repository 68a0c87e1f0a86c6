package org.mskd.pipeline;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.TestSet;
import org.mskd.pipeline.stage.StageProgress;

/**
 * Prepares the test set, and makes sure that none of its patients is in a set that a network is
 * trained on.
 */
final class PrepareTestStage extends PreparationStage {
  static final String ID = "prepare-test";

  private final TestSet testSet;

  PrepareTestStage(StageContext context, TestSet testSet) {
    super(context);
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
  String set() {
    return PreparedSet.TEST;
  }

  @Override
  List<Subject> subjects() {
    return DatasetFolder.test(testSet.directory());
  }

  @Override
  SortedMap<String, String> ownInputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    inputs.put("labels", ExperimentJson.write(testSet.labels()));
    inputs.put("organs", context().experiment().organs().toString());
    return inputs;
  }

  @Override
  SortedMap<String, String> checkInputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    for (String source : context().experiment().sources()) {
      inputs.put("prepared." + source, context().outputsOf(PrepareStage.idFor(source)));
    }
    return inputs;
  }

  @Override
  void prepare(Preparer preparer, StageProgress progress) {
    List<PreparedSet> training =
        context().experiment().sources().stream()
            .map(source -> PreparedSet.read(context().folders().prepared(source)))
            .toList();
    preparer.test(testSet, context().experiment().organs(), training, progress::warn);
  }
}
