package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Experiment;
import org.mskd.pipeline.models.ExperimentModels;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.StageStamp;

/**
 * What all stages of one experiment share.
 *
 * @param experiment what is declared
 * @param folders where everything lies
 * @param threads compute threads; results depend on it
 * @param backend coordinates of the ND4J backend; results depend on it
 * @param version the plugin's version and a digest of the code
 * @param digests of input files
 * @param options how the run is done
 */
public record StageContext(
    Experiment experiment,
    ExperimentFolders folders,
    int threads,
    String backend,
    String version,
    FileDigests digests,
    RunOptions options) {
  /** The models of this experiment, given or trained. */
  ExperimentModels models() {
    return new ExperimentModels(experiment, folders);
  }

  /** The inputs that every stage has; a fresh map. */
  SortedMap<String, String> codeInputs() {
    return new TreeMap<>(Map.of("version", version));
  }

  /** The inputs that every stage has which computes with tensors; a fresh map. */
  SortedMap<String, String> tensorInputs() {
    SortedMap<String, String> inputs = codeInputs();
    inputs.put("backend", backend);
    inputs.put("threads", Integer.toString(threads));
    return inputs;
  }

  /** Adds the teachers of all organs to inputs. */
  void putTeachers(SortedMap<String, String> inputs) {
    for (String organ : experiment.organs()) {
      inputs.put("teacher." + organ, outputsOf(TeacherStage.idFor(organ)));
    }
  }

  /** Digest of what an earlier stage left. */
  String outputsOf(String stageId) {
    Path file = StageStamp.fileOf(folders.root(), stageId);
    StageStamp stamp = StageStamp.read(file);
    if (stamp == null) {
      throw new IllegalStateException("stage " + stageId + " has not run: no " + file);
    }
    return stamp.digest();
  }
}
