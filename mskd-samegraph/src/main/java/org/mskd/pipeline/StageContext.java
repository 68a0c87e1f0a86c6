package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.code.CodeIdentity;
import org.mskd.experiment.Experiment;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.StageStamp;

/**
 * What all stages of one experiment share.
 *
 * @param experiment what is declared
 * @param folders where everything lies
 * @param threads compute threads; results depend on it
 * @param environment as {@link WorkerRequest#environment}
 * @param digests of input files
 * @param options how the run is done
 */
record StageContext(
    Experiment experiment,
    ExperimentFolders folders,
    int threads,
    SortedMap<String, String> environment,
    FileDigests digests,
    RunOptions options) {
  /**
   * The inputs that every stage has; a fresh map.
   *
   * @param code entry classes of the code that computes the result
   */
  SortedMap<String, String> codeInputs(Class<?>... code) {
    return new TreeMap<>(Map.of("code", CodeIdentity.of(code)));
  }

  /**
   * The inputs that every stage has which computes with tensors; a fresh map.
   *
   * @param stageId of the stage
   * @param code entry classes of the code that computes the result
   */
  SortedMap<String, String> tensorInputs(String stageId, Class<?>... code) {
    SortedMap<String, String> inputs = codeInputs(code);
    environment.forEach((name, value) -> inputs.put("environment." + name, value));
    EngineInput.put(inputs, folders.root(), stageId);
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
