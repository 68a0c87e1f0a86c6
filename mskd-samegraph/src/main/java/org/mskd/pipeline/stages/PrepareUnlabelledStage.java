package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.SetContent;
import org.mskd.dataset.SetFolders;
import org.mskd.dataset.Subject;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;

/** Prepares the images of one unlabelled source. */
public final class PrepareUnlabelledStage extends PreparationStage {
  private final UnlabelledSource source;

  public PrepareUnlabelledStage(StageContext context, UnlabelledSource source) {
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
    return source.directory();
  }

  @Override
  List<Subject> subjects() {
    return DatasetFolder.images(source.directory());
  }

  @Override
  SetFolders folders() {
    return SetFolders.of(source);
  }

  @Override
  SetContent content() {
    return SetContent.ofImages();
  }

  @Override
  StageSpec own(StageSpec spec) {
    return spec;
  }

  @Override
  void prepare(Preparer preparer, StageProgress progress) {
    preparer.unlabelled(source);
  }
}
