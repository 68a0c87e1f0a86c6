package org.mskd.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Draws the declared phantoms, checks the data, and writes the slice stores. */
@Mojo(name = "prepare", defaultPhase = LifecyclePhase.PROCESS_RESOURCES, threadSafe = true)
public final class PrepareMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.PREPARE;
  }
}
