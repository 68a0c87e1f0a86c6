package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mskd.dataset.Subject;
import org.mskd.experiment.Experiment;
import org.mskd.pipeline.models.ExperimentModels;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.StageSpec;

/**
 * What all stages of one experiment share.
 *
 * @param experiment what is declared
 * @param folders where everything lies
 * @param threads compute threads; results depend on it
 * @param backend coordinates of the ND4J backend; results depend on it
 * @param version the plugin's version and a digest of the code
 * @param options how the run is done
 */
public record StageContext(
    Experiment experiment,
    ExperimentFolders folders,
    int threads,
    String backend,
    String version,
    RunOptions options) {
  /** The models of this experiment, given or trained. */
  ExperimentModels models() {
    return new ExperimentModels(experiment, folders);
  }

  /** The specification that every stage begins with: its code. */
  StageSpec spec(String id, StageKind kind) {
    return StageSpec.of(id, kind.id()).with("version", version);
  }

  /** The specification that every stage begins with which computes with tensors. */
  StageSpec tensorSpec(String id, StageKind kind) {
    return spec(id, kind).with("backend", backend).with("threads", Integer.toString(threads));
  }

  /** Adds the teachers of all organs. */
  StageSpec withTeachers(StageSpec spec) {
    StageSpec all = spec;
    for (String organ : experiment.organs()) {
      all = all.withOutput("teacher." + organ, TrainStage.teacherId(organ));
    }
    return all;
  }

  /** The images and labels below a directory, which the phantom stage may make. */
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
