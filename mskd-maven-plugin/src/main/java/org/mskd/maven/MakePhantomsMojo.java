package org.mskd.maven;

import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Makes abdomen-like CT volumes with labels, to try things out on. */
@Mojo(name = "make-phantoms", threadSafe = true, requiresProject = false)
public final class MakePhantomsMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.MAKE_PHANTOMS;
  }
}
