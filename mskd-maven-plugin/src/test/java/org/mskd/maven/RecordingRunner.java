package org.mskd.maven;

import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.worker.CancelHook;
import org.mskd.pipeline.request.WorkerRequest;

/** Takes requests without running them. */
class RecordingRunner extends WorkerRunner {
  WorkerSettings settings;
  WorkerRequest request;

  RecordingRunner() {
    super(null, null);
  }

  @Override
  String run(Build build, WorkerSettings workerSettings, WorkerRequest given, CancelHook hook) {
    settings = workerSettings;
    request = given;
    return "Done.";
  }
}
