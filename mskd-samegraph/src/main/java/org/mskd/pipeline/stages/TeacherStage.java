package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.experiment.Experiment;
import org.mskd.graph.WeightInit;
import org.mskd.method.TeacherNetwork;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.stage.StageSpec;

/** Trains the teacher of one organ on that organ's own data set. */
public final class TeacherStage extends NetworkStage {
  private final String organ;

  public TeacherStage(StageContext context, String organ) {
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
  Path folderIn(ExperimentFolders folders) {
    return folders.teacher(organ);
  }

  @Override
  Optional<String> method() {
    return Optional.empty();
  }

  @Override
  StageSpec own(StageSpec spec) {
    return spec;
  }

  @Override
  Trainee trainee(BatchDraws draws, SortedMap<String, String> inputs, long initialSeed) {
    Experiment experiment = context().experiment();
    return new Trainee(
        new TeacherNetwork(
            experiment.network(),
            experiment.training().batchSize(),
            experiment.inputSize(),
            new WeightInit(initialSeed)),
        draws.batches(true, Optional.empty()),
        Optional.empty());
  }
}
