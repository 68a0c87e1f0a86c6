package org.mskd.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/**
 * Reads all data sets and shows a table of them and everything that looks wrong: errors, voxels
 * that are not HU, mirrored sets, nearly equal scans, files that are not read. Writes no slices.
 */
@Mojo(name = "check-data", defaultPhase = LifecyclePhase.PROCESS_RESOURCES, threadSafe = true)
public final class CheckDataMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.CHECK_DATA;
  }
}
