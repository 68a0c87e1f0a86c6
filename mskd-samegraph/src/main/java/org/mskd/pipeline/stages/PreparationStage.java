package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.EarlierStores;
import org.mskd.dataset.PreparationListener;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SetContent;
import org.mskd.dataset.SetFolders;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.volume.NiftiReader;

/** Checks the volumes of one folder and writes their slice stores. */
public abstract class PreparationStage implements Stage {
  private final StageContext context;

  public PreparationStage(StageContext context) {
    this.context = context;
  }

  /** The name of the prepared set: its folder. */
  abstract String set();

  /** The declared folders of the volumes. */
  abstract Path directory();

  /** The subjects to prepare. */
  abstract List<Subject> subjects();

  /** The folders of the set. */
  abstract SetFolders folders();

  /** What its labels hold. */
  abstract SetContent content();

  /** Adds inputs of each subject's slices, besides its files and the preprocessing. */
  abstract StageSpec own(StageSpec spec);

  /** Adds inputs that only the check of the whole set has. */
  StageSpec withCheck(StageSpec spec) {
    return spec;
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
  public final StageSpec spec() {
    return withCheck(ofSubjects()).with("volumes", context.volumes(directory(), this::subjects));
  }

  /** The inputs of every subject's slices, without its own files. */
  private StageSpec ofSubjects() {
    return own(context.spec(id(), StageKind.PREPARE, getClass()))
        .with("preprocessing", ExperimentJson.write(context.experiment().preprocessing()));
  }

  @Override
  public final List<Path> outputs() {
    return List.of(context.folders().prepared(set()));
  }

  /** True: slices take minutes to make, and gigabytes. */
  @Override
  public final boolean isBulky() {
    return true;
  }

  @Override
  @ResultNeutral
  public final String startNote(SortedMap<String, String> inputs) {
    return "%d of %d scans prepared again".formatted(missing(inputs), steps());
  }

  @Override
  public final void run(StageWork work) {
    EarlierStores earlier = isForced() ? EarlierStores.NONE : reused(work);
    prepare(
        new Preparer(
            context.experiment().preprocessing(),
            work.folder(),
            listener(work.progress()),
            earlier),
        work.progress());
  }

  private static PreparationListener listener(StageProgress progress) {
    return new PreparationListener() {
      @Override
      public void subjectDone(String set, int done, int of) {
        progress.step(done);
      }

      @Override
      public void warn(String warning) {
        progress.warn(warning);
      }
    };
  }

  @ResultNeutral
  private ReusedStores reused(StageWork work) {
    ReusedStores stores = stores(work.inputs());
    stores.retain(subjects());
    int finished = steps() - stores.missing(subjects());
    if (finished > 0 && stores.isFirstResult()) {
      work.progress()
          .message(
              "%s: %d of %d scans were prepared by an interrupted run"
                  .formatted(name(), finished, steps()));
    }
    return stores;
  }

  private int missing(SortedMap<String, String> inputs) {
    return isForced() ? steps() : stores(inputs).missing(subjects());
  }

  @Override
  public final double newShare(SortedMap<String, String> inputs) {
    return (double) missing(inputs) / steps();
  }

  private ReusedStores stores(SortedMap<String, String> inputs) {
    return new ReusedStores(context, id(), set(), subject -> inputsOf(subject, inputs));
  }

  /** The inputs of one subject's slices, by their names in the stamp of the whole set. */
  private SortedMap<String, String> inputsOf(Subject subject, SortedMap<String, String> all) {
    SortedMap<String, String> own = new TreeMap<>(ofSubjects().parameters());
    files(FileDigests.IMAGE, subject.image(), all, own);
    subject.label().ifPresent(label -> files(FileDigests.LABEL, label, all, own));
    return own;
  }

  private static void files(
      String kind, Path volume, SortedMap<String, String> all, SortedMap<String, String> own) {
    for (Path file : NiftiReader.files(volume)) {
      String name = kind + file.getFileName();
      own.put(name, all.get(name));
    }
  }

  /** Whether the user forces the stage; then every scan is read again. */
  private boolean isForced() {
    return context.options().rerun().stream().anyMatch(name -> name.replace(':', '/').equals(id()));
  }
}
