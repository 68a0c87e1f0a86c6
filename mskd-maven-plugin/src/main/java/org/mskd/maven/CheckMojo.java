package org.mskd.maven;

import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Evaluates where needed, and fails the build if a score does not keep a rule. */
@Mojo(name = "check", threadSafe = true)
public final class CheckMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.CHECK;
  }
}
