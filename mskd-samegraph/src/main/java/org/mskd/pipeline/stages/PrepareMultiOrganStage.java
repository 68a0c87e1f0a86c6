package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SetContent;
import org.mskd.dataset.SetFolders;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;

/** Prepares a set that annotates several organs. */
public final class PrepareMultiOrganStage extends PreparationStage {
  private final MultiOrganSource source;

  public PrepareMultiOrganStage(StageContext context, MultiOrganSource source) {
    super(context);
    this.source = source;
  }

  @Override
  public String name() {
    return "prepare " + source.name();
  }

  @Override
  public String id() {
    return PrepareStage.idFor(source.name());
  }

  @Override
  String set() {
    return source.name();
  }

  @Override
  Path directory() {
    return source.labelFolder();
  }

  @Override
  List<Subject> subjects() {
    return DatasetFolder.apart(source.images(), source.labelFolder());
  }

  @Override
  SetFolders folders() {
    return SetFolders.of(source);
  }

  @Override
  SetContent content() {
    return SetContent.of(source);
  }

  @Override
  StageSpec own(StageSpec spec) {
    return spec.with("labels", ExperimentJson.write(source.labels()))
        .with("labelReading", ExperimentJson.write(source.reading()));
  }

  @Override
  void prepare(Preparer preparer, StageProgress progress) {
    preparer.multiOrgan(source);
  }
}
