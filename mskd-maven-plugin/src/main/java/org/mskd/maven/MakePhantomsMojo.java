package org.mskd.maven;

import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Draws abdomen-like CT volumes with labels, for trials. */
@Mojo(name = "make-phantoms", threadSafe = true, requiresProject = false)
public final class MakePhantomsMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.MAKE_PHANTOMS;
  }
}
