package org.mskd.pipeline;

import java.nio.file.Path;
import org.mskd.experiment.Experiment;

/**
 * What all stages of one experiment share.
 *
 * @param experiment what is declared
 * @param folders where everything lies
 * @param threads compute threads; results depend on it
 * @param backend coordinates of the ND4J backend; results depend on it
 * @param version the plugin's version
 */
record StageContext(
    Experiment experiment, ExperimentFolders folders, int threads, String backend, String version) {
  /** Digest of what an earlier stage left. */
  String outputsOf(String stage) {
    Path file = StageStamp.fileOf(folders.root(), stage);
    StageStamp stamp = StageStamp.read(file);
    if (stamp == null) {
      throw new IllegalStateException("stage " + stage + " has not run: no " + file);
    }
    return stamp.digest();
  }
}
