package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.EarlierStores;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;

/** Checks the volumes of one folder and writes their slice stores. */
abstract class PreparationStage implements Stage {
  private final StageContext context;

  PreparationStage(StageContext context) {
    this.context = context;
  }

  /** The name of the prepared set: its folder. */
  abstract String set();

  /** What is prepared. */
  abstract List<Subject> subjects();

  /** What else each subject's slices depend on, beyond its files and the preprocessing. */
  abstract SortedMap<String, String> ownInputs();

  /** What only the check of the whole set depends on. */
  SortedMap<String, String> checkInputs() {
    return new TreeMap<>();
  }

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
    SortedMap<String, String> inputs = inputsOf(subjects());
    inputs.putAll(checkInputs());
    return inputs;
  }

  private SortedMap<String, String> inputsOf(List<Subject> some) {
    SortedMap<String, String> inputs = context.codeInputs(getClass());
    inputs.putAll(ownInputs());
    context.digests().put(inputs, some);
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
  @ResultNeutral
  public final String startNote() {
    return "%d of %d scans prepared again".formatted(missing(), steps());
  }

  @Override
  public final void run(StageProgress progress, Path work) {
    EarlierStores earlier = isForced() ? EarlierStores.NONE : reusedIn(progress);
    prepare(
        new Preparer(
            context.experiment().preprocessing(),
            work,
            (set, done, of) -> progress.step(done),
            earlier),
        progress);
  }

  @ResultNeutral
  private ReusedStores reusedIn(StageProgress progress) {
    ReusedStores stores = stores();
    stores.retain(subjects());
    int finished = steps() - stores.missing(subjects());
    if (finished > 0 && stores.isFirstResult()) {
      progress.message(
          "%s: %d of %d scans were prepared by an interrupted run"
              .formatted(name(), finished, steps()));
    }
    return stores;
  }

  private int missing() {
    return isForced() ? steps() : stores().missing(subjects());
  }

  @Override
  public final double newShare() {
    return (double) missing() / steps();
  }

  @Override
  @ResultNeutral
  public final void installed() {
    stores().retain(List.of());
  }

  private ReusedStores stores() {
    return new ReusedStores(context, id(), set(), subject -> inputsOf(List.of(subject)));
  }

  /** A person who names the stage wants every scan read again. */
  private boolean isForced() {
    return context.options().rerun().stream().anyMatch(name -> name.replace(':', '/').equals(id()));
  }
}
