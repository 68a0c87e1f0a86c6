package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.Preparer;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.ExperimentJson;

/** Checks one single-organ set and writes its slice stores. */
final class PrepareStage implements Stage {
  private final StageContext context;
  private final DatasetSource source;

  PrepareStage(StageContext context, DatasetSource source) {
    this.context = context;
    this.source = source;
  }

  static String idFor(String organ) {
    return "prepare/" + organ;
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
  public int steps() {
    return DatasetFolder.training(source.directory()).size();
  }

  @Override
  public SortedMap<String, String> inputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    inputs.put("files", context.digests().of(DatasetFolder.training(source.directory())));
    inputs.put("labelValues", source.labelValues().toString());
    inputs.put("preprocessing", ExperimentJson.write(context.experiment().preprocessing()));
    inputs.put("version", context.version());
    return inputs;
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().prepared().resolve(source.organ()));
  }

  @Override
  public boolean startsEmpty() {
    return false; // Preparer removes the stores it does not write
  }

  @Override
  public void run(StageProgress progress) {
    new Preparer(
            context.experiment().preprocessing(),
            context.folders().root(),
            (set, done, of) -> progress.step(done))
        .training(source);
  }
}
