package org.mskd.pipeline.stages;

import java.util.Optional;
import java.util.SortedMap;
import org.mskd.method.ExtendedTrainer;
import org.mskd.method.LiveTeachers;
import org.mskd.method.Requirements;
import org.mskd.method.TeacherRequirement;
import org.mskd.pipeline.models.FrozenTeachers;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.targets.TargetStore;
import org.mskd.targets.WarpedTargets;
import org.mskd.training.Trainer;

/**
 * The teacher outputs that a student's method requires, for its batches: from a store, or from
 * teachers that run in each step.
 *
 * @param required the required outputs
 * @param kind of the store
 */
record TeacherTargets(StageContext context, TeacherRequirement required, StoreKind kind) {
  private static final String INPUT = "teacherOutputs";

  /** Empty for a method that needs no teacher. */
  static Optional<TeacherTargets> of(StageContext context, Requirements requirements) {
    return requirements
        .teachers()
        .map(
            teachers ->
                new TeacherTargets(
                    context, teachers, StoreKind.of(requirements, context.experiment())));
  }

  /** Adds the teachers and their store as inputs. */
  StageSpec in(StageSpec spec) {
    StageSpec all = context.withTeacherArtifacts(context.withTeachers(spec));
    return context.experiment().teacherOutputs().mayStore()
        ? all.with(INPUT, StoreStage.targetsOf(context, kind))
        : all.with(INPUT, StoreStage.LIVE);
  }

  /**
   * A trainer with batches that carry the outputs.
   *
   * @param organs K where batches carry annotations, else 0
   * @param work of the training: its inputs
   */
  Trainee trainee(Trainer trainer, BatchSampling sampling, int organs, StageWork work) {
    SortedMap<String, String> inputs = work.inputs();
    if (inputs.get(INPUT).equals(StoreStage.LIVE)) {
      LogitsOnlyWarning.give(context.models(), required.features(), work.progress());
      FrozenTeachers teachers = context.models().frozenTeachers(required.features());
      return new Trainee(
          new ExtendedTrainer(trainer, new LiveTeachers(teachers.networks(), required)),
          sampling.batches(organs, Optional.empty()),
          Optional.empty());
    }
    TargetStore store =
        TargetStore.open(
            StoreStage.fileIn(context.folders().store(kind.name())),
            kind.layout(context.experiment()),
            StoreStage.teachers(inputs));
    WarpedTargets targets = new WarpedTargets(store, required.asSettings());
    return new Trainee(trainer, sampling.batches(organs, Optional.of(targets)), Optional.of(store));
  }
}
