package org.mskd.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.pipeline.request.Goal;

/** Trains one teacher per organ, on that organ's data set. */
@Mojo(name = "train-teachers", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public final class TrainTeachersMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.TRAIN_TEACHERS;
  }
}
