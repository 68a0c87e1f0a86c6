package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.PreparedSet;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.InitialModel;
import org.mskd.model.ModelArchive;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;

/**
 * Checks that no model that a training begins with was trained on a scan of the test set. No stage
 * depends on it: another test set trains nothing again.
 */
public final class InitialModelsStage implements Stage {
  private static final String ID = "initial-models";

  private final StageContext context;

  public InitialModelsStage(StageContext context) {
    this.context = context;
  }

  /** Whether there is anything to check. */
  public static boolean isNeeded(Experiment experiment) {
    return experiment.testSet().isPresent() && !experiment.initialModels().isEmpty();
  }

  @Override
  public String name() {
    return "initial models";
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int steps() {
    return context.experiment().initialModels().size();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        context
            .spec(ID, StageKind.PREPARE, getClass())
            .withOutput("prepared.test", PrepareTestStage.ID);
    for (InitialModel initial : context.experiment().initialModels()) {
      spec = spec.with("initialModel." + initial.name(), new Input.UserFile(initial.model()));
    }
    return spec;
  }

  @Override
  public List<Path> outputs() {
    return List.of();
  }

  @Override
  public void run(StageWork work) {
    for (InitialModel initial : context.experiment().initialModels()) {
      SeenScans.of(
              initial.model() + ", the initial model of " + initial.name(),
              ModelArchive.readCard(initial.model()))
          .requireNotIn(
              context.folders().prepared(PreparedSet.TEST),
              "give an <initialModel> that was not trained on it.");
    }
    work.progress().step(steps());
  }
}
