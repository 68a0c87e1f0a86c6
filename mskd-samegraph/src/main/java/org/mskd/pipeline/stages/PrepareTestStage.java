package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SetContent;
import org.mskd.dataset.SetFolders;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.TestSet;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;

/**
 * Prepares the test set, and checks that none of its scans is in a set that a network is trained
 * on.
 */
public final class PrepareTestStage extends PreparationStage {
  static final String ID = "prepare-test";

  private final TestSet testSet;

  public PrepareTestStage(StageContext context, TestSet testSet) {
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
  Path directory() {
    return testSet.directory();
  }

  @Override
  List<Subject> subjects() {
    return DatasetFolder.test(testSet.directory());
  }

  @Override
  SetFolders folders() {
    return SetFolders.of(testSet);
  }

  @Override
  SetContent content() {
    return SetContent.of(testSet, context().experiment().organs());
  }

  @Override
  StageSpec own(StageSpec spec) {
    return spec.with("labels", ExperimentJson.write(testSet.labels()))
        .with("labelReading", ExperimentJson.write(testSet.reading()))
        .with("organs", context().experiment().organs().toString());
  }

  @Override
  StageSpec withCheck(StageSpec spec) {
    StageSpec all = spec;
    for (String source : UsedMultiOrganSets.sources(context().experiment())) {
      all = all.withOutput("prepared." + source, PrepareStage.idFor(source));
    }
    return all;
  }

  @Override
  void prepare(Preparer preparer, StageProgress progress) {
    List<PreparedSet> training =
        UsedMultiOrganSets.sources(context().experiment()).stream()
            .map(source -> PreparedSet.read(context().folders().prepared(source)))
            .toList();
    preparer.test(testSet, context().experiment().organs(), training);
  }
}
