package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.FeatureTerms;
import org.mskd.graph.WeightInit;
import org.mskd.method.StudentNetwork;
import org.mskd.model.ModelKind;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.SliceSources;
import org.mskd.training.TrainableNetwork;

/** Distils the student from all teachers on the images of all data sets. */
final class StudentStage extends NetworkStage {
  /** The method's name, in folders and in the metrics. */
  static final String METHOD = "mskd";

  static final String ID = "student/" + METHOD;

  StudentStage(StageContext context) {
    super(context, ModelKind.STUDENT);
  }

  @Override
  public String name() {
    return "student " + METHOD;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  Path folder() {
    return context().folders().method(METHOD);
  }

  @Override
  List<String> organs() {
    return context().experiment().organs();
  }

  @Override
  List<String> datasets() {
    return context().experiment().organs();
  }

  @Override
  SortedMap<String, String> ownInputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    inputs.put(
        "distillation",
        ExperimentJson.write(context().experiment().methods().get(0).distillation()));
    for (String organ : organs()) {
      inputs.put("teacher." + organ, context().outputsOf(TeacherStage.idFor(organ)));
    }
    return inputs;
  }

  @Override
  TrainableNetwork network(SliceSources sources, long initialSeed) {
    Distillation weights = context().experiment().methods().get(0).distillation();
    int batch = context().experiment().training().batchSize();
    TrainedModels models = new TrainedModels(context());
    Optional<FeatureTerms> features =
        weights.usesFeatures() ? Optional.of(weights.features()) : Optional.empty();
    List<FrozenNetwork> teachers =
        organs().stream()
            .map(models::teacher)
            .map(model -> new FrozenNetwork(model, batch, features))
            .toList();
    return new StudentNetwork(
        context().experiment().network(),
        organs(),
        teachers,
        weights,
        batch,
        context().experiment().inputSize(),
        new WeightInit(initialSeed));
  }
}
