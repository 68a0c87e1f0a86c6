package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import org.mskd.code.CodeIdentity;
import org.mskd.dataset.phantom.PhantomMaker;
import org.mskd.experiment.Phantoms;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;

/** Draws the declared phantoms. */
public final class PhantomStage implements Stage {
  static final String ID = "phantoms";

  private final Phantoms phantoms;

  public PhantomStage(Phantoms phantoms) {
    this.phantoms = phantoms;
  }

  @Override
  public String name() {
    return ID;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int steps() {
    return phantoms.phantomOrgans().size() * phantoms.phantomSubjects()
        + phantoms.phantomTestSubjects();
  }

  @Override
  public StageSpec spec() {
    // Without the folder: equal runs in two folders have equal stamps.
    return StageSpec.of(ID, StageKind.PHANTOMS.id())
        .with("phantomOrgans", String.join(",", phantoms.phantomOrgans()))
        .with("phantomSubjects", Integer.toString(phantoms.phantomSubjects()))
        .with("phantomTestSubjects", Integer.toString(phantoms.phantomTestSubjects()))
        .with("phantomSize", Integer.toString(phantoms.phantomSize()))
        .with("phantomSlices", Integer.toString(phantoms.phantomSlices()))
        .with("phantomSeed", Long.toString(phantoms.phantomSeed()))
        .with("code", CodeIdentity.of(getClass()));
  }

  @Override
  public List<Path> outputs() {
    return List.of(phantoms.phantomDirectory());
  }

  /**
   * True: the folder has a record of its own, so that it can be moved, and shared by experiments.
   */
  @Override
  public boolean installsItself() {
    return true;
  }

  @Override
  public List<Path> ownFiles() {
    return PhantomMaker.files(phantoms);
  }

  @Override
  public void run(StageWork work) {
    PhantomMaker.make(phantoms, (id, done, total) -> work.progress().step(done));
  }
}
