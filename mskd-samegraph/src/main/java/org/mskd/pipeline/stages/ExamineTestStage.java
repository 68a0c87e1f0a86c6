package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.DataFindings;
import org.mskd.dataset.ExaminedScan;
import org.mskd.dataset.ExaminedSet;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SetContent;
import org.mskd.dataset.SetExamination;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Preprocessing;
import org.mskd.file.AtomicFile;
import org.mskd.finding.Finding;
import org.mskd.model.ModelCard;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;

/**
 * Reads all scans and labels of a test set before a given model predicts any, and checks that the
 * model was trained on none of them.
 */
public final class ExamineTestStage implements Stage {
  private static final String ID = "examine-test";

  private final ScoredModel model;

  public ExamineTestStage(ScoredModel model) {
    this.model = model;
  }

  @Override
  public String name() {
    return "check test set";
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
    return model.in(ComputeContext.spec(ID, StageKind.PREPARE, getClass()));
  }

  @Override
  public List<Path> outputs() {
    return List.of(new ExperimentFolders(model.context().output()).checkData());
  }

  @Override
  public void run(StageWork work) {
    Preprocessing preprocessing = model.context().card().preprocessing();
    SetContent content = SetContent.of(model.testSet(), model.organs());
    ExaminedSet examined =
        new SetExamination(content, preprocessing)
            .examine(PreparedSet.TEST, model.cases(), work.progress()::step);
    List<Finding> findings =
        DataFindings.of(examined, content.required(), preprocessing.sliceSize());
    requireUsable(findings);
    model.context().cards().forEach(member -> requireUnseen(examined, member));
    warn(findings, work.progress());
    AtomicFile.writeText(
        new ExperimentFolders(work.folder()).examined(PreparedSet.TEST),
        ExperimentJson.write(examined) + "\n");
  }

  private void requireUnseen(ExaminedSet examined, ModelCard member) {
    SeenScans seen = SeenScans.of(model.named(), member);
    for (ExaminedScan scan : examined.scans()) {
      if (seen.digests().contains(scan.voxelDigest())) {
        throw new BadInputException(
            "%s, was trained on %s of the test set: their voxels are equal."
                .formatted(seen.named(), scan.image()),
            "Take the scan out of the test set, or give a model that was not trained on it.");
      }
    }
  }

  private void requireUsable(List<Finding> findings) {
    List<String> errors =
        findings.stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .map(Finding::text)
            .toList();
    if (!errors.isEmpty()) {
      throw new BadInputException(
          "The test set %s cannot be used: %s"
              .formatted(model.testSet().directory(), String.join(" ", errors)),
          "Then run the same goal again.");
    }
  }

  @ResultNeutral
  private static void warn(List<Finding> findings, StageProgress progress) {
    findings.stream().map(Finding::text).forEach(progress::warn);
  }
}
