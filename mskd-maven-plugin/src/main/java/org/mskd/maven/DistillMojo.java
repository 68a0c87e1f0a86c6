package org.mskd.maven;

import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

/** Trains one multi-organ student per method. */
@Mojo(name = "distill", defaultPhase = LifecyclePhase.PROCESS_CLASSES, threadSafe = true)
public final class DistillMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.DISTILL;
  }

  @Override
  Optional<String> idle(WorkerRequest request) {
    return request
        .experiment()
        .filter(experiment -> experiment.methods().isEmpty())
        .map(experiment -> "<teachersOnly> is true, so there is no student to train.");
  }
}
