package org.mskd.method;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mskd.experiment.Distillation;
import org.mskd.loss.TargetTensors;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds the outputs of teachers that run on the batch's own images in each step. */
public final class LiveTeachers implements BatchExtension {
  private final List<FrozenNetwork> teachers;
  private final Distillation settings;
  private final List<Integer> levels;
  private final LastArrays last = new LastArrays();

  /**
   * @param teachers one per organ, in the order of the student's channels; closed with this. Those
   *     that give no features are compared by their logits alone
   */
  public LiveTeachers(List<FrozenNetwork> teachers, TeacherRequirement required) {
    this.teachers = List.copyOf(teachers);
    this.settings = required.asSettings();
    this.levels = settings.usesFeatures() ? settings.features().levels() : List.of();
  }

  /**
   * @throws IllegalArgumentException where a teacher gives some of the features that are compared,
   *     or no teacher gives any
   */
  @Override
  public TensorBatch extend(TensorBatch batch) {
    List<INDArray> logits = new ArrayList<>();
    List<List<INDArray>> features = new ArrayList<>();
    List<Integer> compared = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      features.add(new ArrayList<>());
    }
    for (FrozenNetwork teacher : teachers) {
      FrozenNetwork.Outputs outputs = teacher.run(batch.get(TensorBatch.IMAGE));
      int given = outputs.features().size();
      if (given > 0 && given < levels.size()) {
        throw new IllegalArgumentException(
            "teacher %d gives features of %d levels, %d are compared"
                .formatted(logits.size() + 1, given, levels.size()));
      }
      for (int i = 0; i < given; i++) {
        features.get(i).add(outputs.features().get(i));
      }
      if (given > 0) {
        compared.add(logits.size());
      }
      logits.add(outputs.logits());
    }
    if (!levels.isEmpty() && compared.isEmpty()) {
      throw new IllegalArgumentException("no teacher gives the features that are compared");
    }
    return batch.with(
        named(last.replace(pool -> TargetTensors.of(logits, features, compared, settings, pool))));
  }

  private Map<String, INDArray> named(List<INDArray> tensors) {
    Map<String, INDArray> named = new HashMap<>();
    named.put(TensorBatch.MARGINS, tensors.get(0));
    for (int i = 0; i < levels.size(); i++) {
      named.put(TensorBatch.index(levels.get(i)), tensors.get(1 + 2 * i));
      named.put(TensorBatch.rows(levels.get(i)), tensors.get(2 + 2 * i));
    }
    return named;
  }

  @Override
  public void close() {
    teachers.forEach(FrozenNetwork::close);
    last.close();
  }
}
