package org.mskd.maven;

import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Distils the teachers into a multi-organ student for each method. */
@Mojo(name = "distill", threadSafe = true)
public final class DistillMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.DISTILL;
  }
}
