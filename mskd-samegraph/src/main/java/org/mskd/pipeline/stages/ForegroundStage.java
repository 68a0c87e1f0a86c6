package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.ForegroundIndex;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.teacher.ForegroundDetection;
import org.mskd.teacher.SliceTeachers;
import org.mskd.training.SliceSources;
import org.mskd.training.Source;

/**
 * Makes the foreground index of one unlabelled source: the slices in which any teacher predicts its
 * organ, from which the forced slots of a batch are sampled. For labelled sources, the labels give
 * this list.
 */
public final class ForegroundStage implements Stage {
  private final StageContext context;
  private final UnlabelledSource source;

  public ForegroundStage(StageContext context, UnlabelledSource source) {
    this.context = context;
    this.source = source;
  }

  /** Whether any slot of a batch is forced; only forced slots use the index. */
  public static boolean isNeeded(Experiment experiment) {
    return experiment.training().forcedSlots() > 0;
  }

  static String idFor(String source) {
    return "foreground/" + source;
  }

  @Override
  public String name() {
    return context.name("foreground index " + source.name());
  }

  @Override
  public String id() {
    return context.id(idFor(source.name()));
  }

  @Override
  public int steps() {
    return DatasetFolder.images(source.directory()).size();
  }

  @Override
  public StageSpec spec() {
    return context
        .withTeachers(context.tensorSpec(id(), StageKind.FOREGROUND, getClass()))
        .withOutput("prepared", PrepareStage.idFor(source.name()))
        .with("batchSize", Integer.toString(batch()));
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().foreground(source.name()));
  }

  @Override
  public void run(StageWork work) {
    StageProgress progress = work.progress();
    List<SliceStore> stores = PreparedStores.open(context.folders().prepared(source.name()));
    SourceScans scans = new SourceScans(context.experiment());
    try (SliceTeachers teachers = context.models().sliceTeachers(Optional.empty(), scans)) {
      Source images = new Source(source.name(), List.of(), stores, Optional.empty());
      ForegroundDetection slices =
          new ForegroundDetection(teachers, new SliceSources(List.of(images)));
      SortedMap<String, SortedMap<Integer, List<Integer>>> found = new TreeMap<>();
      for (int subject = 0; subject < stores.size(); subject++) {
        found.put(stores.get(subject).subject().id(), slices.organPixels(subject));
        progress.step(found.size());
      }
      if (found.values().stream().allMatch(SortedMap::isEmpty)) {
        progress.warn(
            "No teacher predicts its organ in any slice of "
                + source.name()
                + "; are they CT volumes"
                + " in HU of the same part of the body?");
      }
      Path folder = context.folders().in(work.folder()).foreground(source.name());
      new ForegroundIndex(found).write(ExperimentFolders.foregroundIn(folder));
    } finally {
      PreparedStores.close(stores);
    }
  }

  private int batch() {
    return context.experiment().training().batchSize();
  }
}
