package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.ExaminedSet;
import org.mskd.dataset.SetExamination;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Preprocessing;
import org.mskd.file.AtomicFile;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;

/**
 * Reads every subject of one data set for {@code mskd:check-data}. Subjects that cannot be used are
 * part of the result.
 */
public final class CheckSetStage implements Stage {
  private final PreparationStage preparation;

  /**
   * @param preparation of the same set
   */
  public CheckSetStage(PreparationStage preparation) {
    this.preparation = preparation;
  }

  static String idFor(String set) {
    return "check-data/" + set;
  }

  /** The name of the set. */
  String set() {
    return preparation.set();
  }

  PreparationStage preparation() {
    return preparation;
  }

  @Override
  public String name() {
    return "check data of " + set();
  }

  @Override
  public String id() {
    return idFor(set());
  }

  @Override
  public int steps() {
    return preparation.steps();
  }

  @Override
  public StageSpec spec() {
    StageContext context = preparation.context();
    return preparation
        .own(context.spec(id(), StageKind.CHECK_DATA, getClass()))
        .with("preprocessing", ExperimentJson.write(preprocessing()))
        .with("volumes", context.volumes(preparation.directory(), preparation::subjects));
  }

  private Preprocessing preprocessing() {
    return preparation.context().experiment().preprocessing();
  }

  @Override
  public List<Path> outputs() {
    return List.of(preparation.context().folders().checkData());
  }

  @Override
  public void run(StageWork work) {
    ExaminedSet examined =
        new SetExamination(preparation.content(), preprocessing())
            .examine(set(), preparation.subjects(), work.progress()::step);
    Path file = new ExperimentFolders(work.folder()).examined(set());
    AtomicFile.writeText(file, ExperimentJson.write(examined) + "\n");
  }
}
