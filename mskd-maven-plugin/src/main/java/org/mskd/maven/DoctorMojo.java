package org.mskd.maven;

import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Reports which backend this machine gets, checks its computations, and times a training step. */
@Mojo(name = "doctor", threadSafe = true, requiresProject = false)
public final class DoctorMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.DOCTOR;
  }
}
