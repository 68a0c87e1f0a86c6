package org.mskd.pipeline.stages;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.Subject;
import org.mskd.experiment.DatasetSource;
import org.mskd.pipeline.stage.StageProgress;

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
  List<Subject> subjects() {
    return DatasetFolder.training(source.directory());
  }

  @Override
  SortedMap<String, String> ownInputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    inputs.put("labelValues", source.labelValues().toString());
    return inputs;
  }

  @Override
  void prepare(Preparer preparer, StageProgress progress) {
    preparer.training(source);
  }
}
