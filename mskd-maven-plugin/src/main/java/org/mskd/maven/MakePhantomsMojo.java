package org.mskd.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.maven.config.ExperimentReader;
import org.mskd.maven.config.Section;
import org.mskd.pipeline.request.Goal;

/** Draws abdomen-like CT volumes with labels, for trials. */
@Mojo(
    name = "make-phantoms",
    defaultPhase = LifecyclePhase.GENERATE_RESOURCES,
    threadSafe = true,
    requiresProject = false)
public final class MakePhantomsMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.MAKE_PHANTOMS;
  }

  @Override
  boolean concerns(Section configuration) {
    return new ExperimentReader(configuration).declaresPhantoms();
  }
}
