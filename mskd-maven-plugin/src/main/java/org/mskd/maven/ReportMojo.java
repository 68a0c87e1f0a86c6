package org.mskd.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

/**
 * Writes target/mskd/report, a folder of pages about the present results: scores, the cases to look
 * at first, pictures, curves, data, parameters. mskd:run writes it too. Runs no stage.
 */
@Mojo(name = "report", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class ReportMojo extends WorkerMojo {
  @Override
  Goal goal() {
    return Goal.REPORT;
  }

  /** With the environment of a run, so that the report knows what is up to date. */
  @Override
  WorkerRequest request(WorkerSettings settings, Section configuration) {
    WorkerRequest run = request(Goal.RUN, settings, reader(configuration));
    return runner().withBackend(build(), settings, run).withGoal(goal());
  }
}
