package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.dataset.PreparedSet;
import org.mskd.finding.Finding;
import org.mskd.finding.FingerprintedSet;
import org.mskd.finding.SetChecks;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;

/**
 * Compares all prepared sets by their fingerprints, and looks at what else lies in their folders.
 * Its result is its warnings.
 */
public final class CompareSetsStage implements Stage {
  private static final String ID = "compare-sets";

  private final StageContext context;
  private final List<PreparationStage> preparations;

  /**
   * @param preparations of all sets that are used
   */
  public CompareSetsStage(StageContext context, List<PreparationStage> preparations) {
    this.context = context;
    this.preparations = List.copyOf(preparations);
  }

  @Override
  public String name() {
    return "compare data sets";
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int steps() {
    return preparations.size();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec = context.spec(ID, StageKind.PREPARE, getClass());
    for (PreparationStage set : preparations) {
      spec =
          spec.withOutput("prepared." + set.set(), set.id())
              .with("folders." + set.set(), set.folders().contents());
    }
    return spec;
  }

  @Override
  public List<Path> outputs() {
    return List.of();
  }

  @Override
  public void run(StageWork work) {
    List<Finding> findings = new ArrayList<>();
    List<FingerprintedSet> training = new ArrayList<>();
    Optional<FingerprintedSet> test = Optional.empty();
    for (PreparationStage set : preparations) {
      findings.addAll(set.folders().findings());
      FingerprintedSet read =
          PreparedSet.read(context.folders().prepared(set.set())).fingerprints();
      if (set.set().equals(PreparedSet.TEST)) {
        test = Optional.of(read);
      } else {
        training.add(read);
      }
    }
    findings.addAll(SetChecks.ofAll(training, test));
    findings.forEach(finding -> work.progress().warn(finding.text()));
    work.progress().step(preparations.size());
  }
}
