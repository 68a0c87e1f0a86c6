package org.mskd.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Trains one multi-organ student per method. */
@Mojo(name = "distill", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class DistillMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.DISTILL;
  }
}
