package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.mskd.dataset.Subject;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.experiment.Replicates;
import org.mskd.experiment.TeacherFile;
import org.mskd.pipeline.models.ExperimentModels;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.prediction.StudentScorer;
import org.mskd.prediction.VolumeScorer;

/**
 * The settings that all stages of one experiment share.
 *
 * @param experiment the declared experiment
 * @param folders paths in the output directory
 * @param threads compute threads; results depend on it
 * @param environment of tensor computations, as {@link WorkerRequest#environment}
 * @param options options that no result depends on
 */
public record StageContext(
    Experiment experiment,
    ExperimentFolders folders,
    int threads,
    SortedMap<String, String> environment,
    RunOptions options) {
  /** The same settings for a replicate: its seed, and its folders. */
  public StageContext ofReplicate(int number) {
    return new StageContext(
        experiment.toBuilder().seed(Replicates.seed(experiment.seed(), number)).build(),
        folders.ofReplicate(number),
        threads,
        environment,
        options);
  }

  /** The same settings for a fold of a cross-validation, with its folders. */
  public StageContext ofFold(int number) {
    return new StageContext(experiment, folders.ofFold(number), threads, environment, options);
  }

  /** The id of a stage of this replicate or fold, such as {@code teacher/liver/replicate-2}. */
  String id(String ofFirst) {
    return ofFirst + ending("/", "-");
  }

  /**
   * The display name of a stage of this replicate or fold, such as {@code teacher liver, fold 2}.
   */
  String name(String ofFirst) {
    return ofFirst + ending(", ", " ");
  }

  private String ending(String before, String between) {
    if (folders.fold() > 0) {
      return before + "fold" + between + folders.fold();
    }
    return folders.replicate() > 1 ? before + "replicate" + between + folders.replicate() : "";
  }

  /** The split whose held-out subjects networks are not trained on; empty if there is none. */
  Optional<HeldOutSubjects> heldOut() {
    if (folders.fold() > 0) {
      return Optional.of(new HeldOutSubjects(SplitUse.FOLDS, folders.fold()));
    }
    return experiment.validation().holdsOut()
        ? Optional.of(new HeldOutSubjects(SplitUse.VALIDATION, 1))
        : Optional.empty();
  }

  /** The id of an organ's teacher. All replicates share a given one. */
  String teacherId(String organ) {
    String first = TrainStage.teacherId(organ);
    return experiment.teacherFile(organ).isPresent() ? first : id(first);
  }

  /** The models of this experiment, given or trained. */
  ExperimentModels models() {
    return new ExperimentModels(experiment, folders);
  }

  /**
   * Loads a model of this experiment for predictions, to be closed by the caller.
   *
   * @param model {@link Method#TEACHERS}, or the name of a method
   */
  VolumeScorer scorer(String model) {
    int batch = experiment.training().batchSize();
    return model.equals(Method.TEACHERS)
        ? VolumeScorer.merged(models().teachers(), batch, experiment.preprocessing())
        : VolumeScorer.of(new StudentScorer(models().student(model), batch));
  }

  /**
   * The common part of every stage's specification.
   *
   * @param code entry classes of the code that computes the result
   */
  StageSpec spec(String id, StageKind kind, Class<?>... code) {
    return ComputeContext.spec(id, kind, code);
  }

  /**
   * The common part of the specification of every stage that computes with tensors.
   *
   * @param code entry classes of the code that computes the result
   */
  StageSpec tensorSpec(String id, StageKind kind, Class<?>... code) {
    return new ComputeContext(threads, environment).tensorSpec(id, kind, code);
  }

  /** Adds the coordinates of the given teachers that have some: a student's card lists them. */
  StageSpec withTeacherArtifacts(StageSpec spec) {
    StageSpec all = spec;
    for (TeacherFile teacher : experiment.teachers()) {
      if (!teacher.coordinates().isEmpty()) {
        all = all.with("teacherArtifact." + teacher.organ(), teacher.coordinates());
      }
    }
    return all;
  }

  /** Adds the teachers of all organs. */
  StageSpec withTeachers(StageSpec spec) {
    StageSpec all = spec;
    for (String organ : experiment.organs()) {
      all = all.withOutput("teacher." + organ, teacherId(organ));
    }
    return all;
  }

  /** The images and labels below a directory, which the phantom stage may produce. */
  Input volumes(Path directory, Supplier<List<Subject>> subjects) {
    boolean drawn =
        experiment
            .phantoms()
            .map(phantoms -> phantoms.phantomDirectory().toAbsolutePath().normalize())
            .filter(folder -> directory.toAbsolutePath().normalize().startsWith(folder))
            .isPresent();
    return new Input.Volumes(subjects, drawn ? Optional.of(PhantomStage.ID) : Optional.empty());
  }
}
