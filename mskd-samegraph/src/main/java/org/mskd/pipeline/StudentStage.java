package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.graph.WeightInit;
import org.mskd.method.StudentNetwork;
import org.mskd.model.ModelKind;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.TrainableNetwork;

/**
 * Distils the student of one method from all teachers, on the images of all data sets and all
 * unlabelled sources.
 */
final class StudentStage extends NetworkStage {
  private final Method method;

  StudentStage(StageContext context, Method method) {
    super(context, ModelKind.STUDENT, TrainingData.ofStudents(context));
    this.method = method;
  }

  static String idFor(String method) {
    return "student/" + method;
  }

  @Override
  public String name() {
    return "student " + method.name();
  }

  @Override
  public String id() {
    return idFor(method.name());
  }

  @Override
  Path folder() {
    return context().folders().method(method.name());
  }

  @Override
  Optional<String> method() {
    return Optional.of(method.name());
  }

  @Override
  SortedMap<String, String> ownInputs() {
    SortedMap<String, String> inputs = new TreeMap<>();
    inputs.put("distillation", ExperimentJson.write(method.distillation().effective()));
    context().putTeachers(inputs);
    return inputs;
  }

  @Override
  Trainee trainee(BatchDraws draws, long initialSeed) {
    return new Trainee(network(initialSeed), draws.batches(method.distillation().usesLabels()));
  }

  private TrainableNetwork network(long initialSeed) {
    Distillation weights = method.distillation();
    int batch = context().experiment().training().batchSize();
    TrainedModels models = new TrainedModels(context());
    Optional<FeatureTerms> features =
        weights.usesFeatures() ? Optional.of(weights.features()) : Optional.empty();
    List<FrozenNetwork> teachers = new ArrayList<>();
    try {
      for (String organ : data().organs()) {
        teachers.add(new FrozenNetwork(models.teacher(organ), batch, features));
      }
      return new StudentNetwork(
          context().experiment().network(),
          data().organs(),
          teachers,
          weights,
          batch,
          context().experiment().inputSize(),
          new WeightInit(initialSeed));
    } catch (RuntimeException | Error e) {
      teachers.forEach(FrozenNetwork::close);
      throw e;
    }
  }
}
