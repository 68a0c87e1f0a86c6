package org.mskd.maven;

import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.WorkerRequest;

/** Takes requests without running them. */
class RecordingRunner extends WorkerRunner {
  WorkerSettings settings;
  WorkerRequest request;

  RecordingRunner() {
    super(null, null);
  }

  @Override
  String run(
      Log log,
      MavenSession session,
      MavenProject project,
      MojoExecution execution,
      WorkerSettings workerSettings,
      WorkerRequest asked) {
    settings = workerSettings;
    request = asked;
    return "Done.";
  }
}
