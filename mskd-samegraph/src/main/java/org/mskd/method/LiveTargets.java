package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Distillation;
import org.mskd.graph.runtime.ArrayPool;
import org.mskd.loss.TargetTensors;
import org.mskd.training.FrozenNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Teachers that see the student's own images in the same step. */
public final class LiveTargets implements TargetSource {
  private final List<FrozenNetwork> teachers;
  private final Distillation settings;
  private final int levels;
  private final ArrayPool pool = new ArrayPool();
  private List<INDArray> given = List.of();

  /**
   * @param teachers one an organ, in the order of the student's channels; they must give logits
   *     and, where {@link Distillation#usesFeatures}, the features of {@code settings.features()};
   *     closed with this
   */
  public LiveTargets(List<FrozenNetwork> teachers, Distillation settings) {
    this.teachers = List.copyOf(teachers);
    this.settings = settings;
    this.levels = settings.usesFeatures() ? settings.features().levels().size() : 0;
  }

  /**
   * @throws IllegalArgumentException where a teacher does not give the features that are compared
   */
  @Override
  public List<INDArray> of(MultiDataSet batch) {
    List<INDArray> logits = new ArrayList<>();
    List<List<INDArray>> features = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      features.add(new ArrayList<>());
    }
    for (FrozenNetwork teacher : teachers) {
      FrozenNetwork.Outputs outputs = teacher.run(batch.getFeatures(0));
      if (outputs.features().size() < levels) {
        throw new IllegalArgumentException(
            "teacher %d gives features of %d levels, %d are compared"
                .formatted(logits.size() + 1, outputs.features().size(), levels));
      }
      logits.add(outputs.logits());
      for (int level = 0; level < levels; level++) {
        features.get(level).add(outputs.features().get(level));
      }
    }
    given.forEach(pool::giveBack);
    given = TargetTensors.of(logits, features, settings, pool);
    return given;
  }

  @Override
  public void close() {
    teachers.forEach(FrozenNetwork::close);
    given.forEach(pool::giveBack);
    given = List.of();
    pool.close();
  }
}
