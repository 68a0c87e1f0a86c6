package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;

/** Checks the volumes of one folder and writes their slice stores. */
public abstract class PreparationStage implements Stage {
  private final StageContext context;

  public PreparationStage(StageContext context) {
    this.context = context;
  }

  /** The name of the prepared set: its folder. */
  abstract String set();

  /** What is prepared. */
  abstract List<Subject> subjects();

  /** What else the slices depend on, beyond files and preprocessing. */
  abstract SortedMap<String, String> ownInputs();

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
  public final SortedMap<String, String> inputs() {
    SortedMap<String, String> inputs = context.codeInputs();
    inputs.putAll(ownInputs());
    context.digests().put(inputs, subjects());
    inputs.put("preprocessing", ExperimentJson.write(context.experiment().preprocessing()));
    return inputs;
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
  public final void run(StageProgress progress, Path work) {
    Preparer preparer =
        new Preparer(
            context.experiment().preprocessing(), work, (set, done, of) -> progress.step(done));
    prepare(preparer, progress);
  }
}
