package org.mskd.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Reports the backend for this machine, checks its results, and measures a training step. */
@Mojo(
    name = "doctor",
    defaultPhase = LifecyclePhase.VALIDATE,
    threadSafe = true,
    requiresProject = false)
public final class DoctorMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.DOCTOR;
  }
}
