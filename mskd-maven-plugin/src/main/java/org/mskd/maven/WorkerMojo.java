package org.mskd.maven;

import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.worker.CancelHook;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;

/** A goal whose work is done in a worker, a forked JVM. */
abstract class WorkerMojo extends ConfiguredMojo {
  /** The goal that the worker runs. */
  abstract Goal goal();

  @Override
  final void execute(Section configuration) throws MojoExecutionException, MojoFailureException {
    try (CancelHook hook = new CancelHook(getLog()::info)) {
      WorkerSettings settings = settings(configuration);
      WorkerRequest request = withVerifiedFiles(request(settings, configuration), configuration);
      Optional<String> idle = idle(request);
      if (idle.isPresent()) {
        getLog().info("Skipped: " + idle.get());
        return;
      }
      String done = runner().run(build(), settings, request, hook);
      String next =
          NextGoal.after(request)
              .map(goal -> " Next: mvn mskd:" + at(goal, configuration))
              .orElse("");
      getLog().info(done + next);
      hook.isReported();
    }
  }

  /** A following goal, of the same execution if that has results of its own. */
  private String at(String goal, Section configuration) {
    String id = build().execution().getExecutionId();
    boolean apart = executions().isApart(id, configuration.givenByUser("outputDirectory"));
    // predict, with its parameters, is of no execution.
    return apart && !goal.contains(" ") ? goal + "@" + id : goal;
  }

  /** Why there is nothing to do, as a sentence; empty if there is something. */
  Optional<String> idle(WorkerRequest request) {
    return Optional.empty();
  }

  /** Where and how the worker runs. */
  WorkerSettings settings(Section configuration) {
    return workerSettings(configuration);
  }

  /** What the worker is to do, before a backend is chosen. */
  WorkerRequest request(WorkerSettings settings, Section configuration) {
    return request(goal(), settings, reader(configuration));
  }
}
