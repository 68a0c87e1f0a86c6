package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Experiment;
import org.mskd.graph.WeightInit;
import org.mskd.method.GraphTrainer;
import org.mskd.method.TeacherMethod;
import org.mskd.model.ModelKind;

/** Trains the teacher of one organ on that organ's own data set. */
final class TeacherStage extends NetworkStage {
  private final String organ;

  TeacherStage(StageContext context, String organ) {
    super(context, ModelKind.TEACHER, TrainingData.ofTeacher(context, organ));
    this.organ = organ;
  }

  static String idFor(String organ) {
    return "teacher/" + organ;
  }

  @Override
  public String name() {
    return "teacher " + organ;
  }

  @Override
  public String id() {
    return idFor(organ);
  }

  @Override
  public boolean isIndependent() {
    return true;
  }

  @Override
  Path folderIn(ExperimentFolders folders) {
    return folders.teacher(organ);
  }

  @Override
  Optional<String> method() {
    return Optional.empty();
  }

  @Override
  SortedMap<String, String> ownInputs() {
    return new TreeMap<>();
  }

  @Override
  Trainee trainee(BatchDraws draws, long initialSeed) {
    Experiment experiment = context().experiment();
    return new Trainee(
        TeacherMethod.network(
            experiment.network(),
            experiment.training().batchSize(),
            experiment.inputSize(),
            new WeightInit(initialSeed)),
        draws.batches(true, Optional.empty()),
        Optional.empty());
  }
}
