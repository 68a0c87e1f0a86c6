package org.mskd.maven;

import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Reports the backend for this machine, checks its results, and measures a training step. */
@Mojo(name = "doctor", threadSafe = true, requiresProject = false)
public final class DoctorMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.DOCTOR;
  }
}
