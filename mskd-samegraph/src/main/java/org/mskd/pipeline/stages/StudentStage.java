package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Method;
import org.mskd.graph.WeightInit;
import org.mskd.method.LiveTargets;
import org.mskd.method.StoredTargets;
import org.mskd.method.StudentNetwork;
import org.mskd.method.TargetSource;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.models.FrozenTeachers;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.targets.TargetStore;
import org.mskd.targets.WarpedTargets;

/**
 * Distils the student of one method from all teachers, on the images of all data sets and all
 * unlabelled sources: from what the teachers were stored to say, or from the teachers live.
 */
public final class StudentStage extends NetworkStage {
  private final Method method;

  public StudentStage(StageContext context, Method method) {
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
  Path folderIn(ExperimentFolders folders) {
    return folders.method(method.name());
  }

  @Override
  Optional<String> method() {
    return Optional.of(method.name());
  }

  /** What it needs to know of the teachers. */
  public StoreKind needs() {
    return StoreKind.of(method.distillation());
  }

  @Override
  StageSpec own(StageSpec spec) {
    StageSpec own =
        context()
            .withTeachers(spec)
            .with("distillation", ExperimentJson.write(method.distillation().effective()));
    return context().experiment().teacherOutputs().mayStore()
        ? own.with("teacherOutputs", StoreStage.targetsOf(context(), needs()))
        : own.with("teacherOutputs", StoreStage.LIVE);
  }

  @Override
  Trainee trainee(BatchDraws draws, SortedMap<String, String> inputs, long initialSeed) {
    Distillation loss = method.distillation();
    if (inputs.get("teacherOutputs").equals(StoreStage.LIVE)) {
      FrozenTeachers teachers = context().models().frozenTeachers(needs().features());
      return new Trainee(
          network(new LiveTargets(teachers.networks(), loss), initialSeed),
          draws.batches(loss.usesLabels(), Optional.empty()),
          Optional.empty());
    }
    TargetStore store =
        TargetStore.open(
            StoreStage.fileIn(context().folders().store(needs().name())),
            needs().layout(context().experiment()),
            StoreStage.teachers(inputs));
    return new Trainee(
        network(new StoredTargets(), initialSeed),
        draws.batches(loss.usesLabels(), Optional.of(new WarpedTargets(store, loss))),
        Optional.of(store));
  }

  private StudentNetwork network(TargetSource targets, long initialSeed) {
    Experiment experiment = context().experiment();
    try {
      return new StudentNetwork(
          experiment.network(),
          experiment.organs(),
          targets,
          method.distillation(),
          experiment.training().batchSize(),
          experiment.inputSize(),
          new WeightInit(initialSeed));
    } catch (RuntimeException | Error e) {
      targets.close();
      throw e;
    }
  }
}
