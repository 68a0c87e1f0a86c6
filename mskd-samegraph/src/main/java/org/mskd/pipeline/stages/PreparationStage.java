package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;

/** Checks the volumes of one folder and writes their slice stores. */
public abstract class PreparationStage implements Stage {
  private final StageContext context;

  public PreparationStage(StageContext context) {
    this.context = context;
  }

  /** The name of the prepared set: its folder. */
  abstract String set();

  /** Where the volumes are declared to be. */
  abstract Path directory();

  /** What is prepared. */
  abstract List<Subject> subjects();

  /** Adds what the slices depend on beyond files and preprocessing. */
  abstract StageSpec own(StageSpec spec);

  /** Does the work. */
  abstract void prepare(Preparer preparer, StageProgress progress);

  final StageContext context() {
    return context;
  }

  @Override
  public final int steps() {
    return subjects().size();
  }

  @Override
  public final StageSpec spec() {
    return own(context.spec(id(), StageKind.PREPARE))
        .with("volumes", context.volumes(directory(), this::subjects))
        .with("preprocessing", ExperimentJson.write(context.experiment().preprocessing()));
  }

  @Override
  public final List<Path> outputs() {
    return List.of(context.folders().prepared(set()));
  }

  /** Slices take minutes to make, and gigabytes. */
  @Override
  public final boolean isBulky() {
    return true;
  }

  @Override
  public final void run(StageWork work) {
    Preparer preparer =
        new Preparer(
            context.experiment().preprocessing(),
            work.folder(),
            (set, done, of) -> work.progress().step(done));
    prepare(preparer, work.progress());
  }
}
