package org.mskd.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/**
 * Trains teachers and students once for each fold of the training subjects, and scores them on the
 * subjects that the fold holds out. The test set is not used.
 */
@Mojo(name = "cross-validate", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true)
public final class CrossValidateMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.CROSS_VALIDATE;
  }
}
