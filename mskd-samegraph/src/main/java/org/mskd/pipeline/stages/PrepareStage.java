package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SetContent;
import org.mskd.dataset.SetFolders;
import org.mskd.dataset.Subject;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.ExperimentJson;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;

/** Prepares one single-organ set. */
public final class PrepareStage extends PreparationStage {
  private final DatasetSource source;

  public PrepareStage(StageContext context, DatasetSource source) {
    super(context);
    this.source = source;
  }

  /**
   * @param name the organ, or the unlabelled source
   */
  static String idFor(String name) {
    return "prepare/" + name;
  }

  @Override
  public String name() {
    return "prepare " + source.organ();
  }

  @Override
  public String id() {
    return idFor(source.organ());
  }

  @Override
  String set() {
    return source.organ();
  }

  @Override
  Path directory() {
    return source.directory();
  }

  @Override
  List<Subject> subjects() {
    return DatasetFolder.training(source.directory());
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
    return spec.with("labelValues", source.labelValues().toString())
        .with("labelReading", ExperimentJson.write(source.reading()));
  }

  @Override
  void prepare(Preparer preparer, StageProgress progress) {
    preparer.training(source);
  }
}
