package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.Optional;
import org.mskd.experiment.Training;
import org.mskd.method.ConfiguredMethod;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;

/**
 * A network that a stage trains: what it is called, what it is trained on, and where its files are.
 *
 * @param method how it is trained, named as the network: by its organ or as the student
 */
record TrainedNetwork(
    StageContext context, ModelKind kind, ConfiguredMethod method, TrainingData data) {

  StageKind stageKind() {
    return kind == ModelKind.TEACHER ? StageKind.TEACHER : StageKind.STUDENT;
  }

  /** Its name in the experiment, such as {@code teacher liver}; the same in all folds. */
  private String title() {
    return stageKind().id() + " " + method.name();
  }

  /** The name of the stage, for messages. */
  String name() {
    return context.name(title());
  }

  /** The id of the stage. */
  String id() {
    return context.id(stageKind().id() + "/" + method.name());
  }

  Path folderIn(ExperimentFolders folders) {
    return kind == ModelKind.TEACHER
        ? folders.teacher(method.name())
        : folders.method(method.name());
  }

  /** The settings without those that have no effect on the network. */
  Training effectiveTraining() {
    Training training = data.training();
    return training.toBuilder()
        .weightAverage(method.method().averagesWeights() ? 0 : training.weightAverage())
        .deepSupervision(training.deepSupervision() && method.method().supervisesDeeply())
        .build();
  }

  /** The held-out subjects that the network is scored on at the end of each epoch. */
  Optional<ScoredSubjects> scored() {
    return context.heldOut().map(held -> new ScoredSubjects(context, data.organs(), held));
  }

  /** The teacher outputs that its method requires; empty if it requires none. */
  Optional<TeacherTargets> teachers() {
    return TeacherTargets.of(context, method.requirements());
  }

  InitialWeights initial() {
    return new InitialWeights(context.experiment(), title());
  }
}
