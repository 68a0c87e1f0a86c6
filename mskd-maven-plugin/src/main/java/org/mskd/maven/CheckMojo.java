package org.mskd.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Evaluates if needed, and fails the build if a score violates a rule. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.CHECK;
  }
}
