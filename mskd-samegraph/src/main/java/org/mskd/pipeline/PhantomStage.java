package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.code.CodeIdentity;
import org.mskd.dataset.phantom.PhantomMaker;
import org.mskd.experiment.Phantoms;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;

/** Stage 0 where phantoms are declared: draws them. */
final class PhantomStage implements Stage {
  private final Phantoms phantoms;

  PhantomStage(Phantoms phantoms) {
    this.phantoms = phantoms;
  }

  @Override
  public String name() {
    return "phantoms";
  }

  @Override
  public String id() {
    return "phantoms";
  }

  @Override
  public int steps() {
    return phantoms.phantomOrgans().size() * phantoms.phantomSubjects()
        + phantoms.phantomTestSubjects();
  }

  @Override
  public SortedMap<String, String> inputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    // Without the folder: equal runs in two folders have equal stamps.
    inputs.put("phantomOrgans", String.join(",", phantoms.phantomOrgans()));
    inputs.put("phantomSubjects", Integer.toString(phantoms.phantomSubjects()));
    inputs.put("phantomTestSubjects", Integer.toString(phantoms.phantomTestSubjects()));
    inputs.put("phantomSize", Integer.toString(phantoms.phantomSize()));
    inputs.put("phantomSlices", Integer.toString(phantoms.phantomSlices()));
    inputs.put("phantomSeed", Long.toString(phantoms.phantomSeed()));
    inputs.put("code", CodeIdentity.of(getClass()));
    return inputs;
  }

  @Override
  public List<Path> outputs() {
    return List.of(phantoms.phantomDirectory());
  }

  /** With a record of its own, so that the folder can be moved, and shared by experiments. */
  @Override
  public boolean installsItself() {
    return true;
  }

  @Override
  public List<Path> ownFiles() {
    return PhantomMaker.files(phantoms);
  }

  @Override
  public void run(StageProgress progress, Path work) {
    PhantomMaker.make(phantoms, (id, done, total) -> progress.step(done));
  }
}
