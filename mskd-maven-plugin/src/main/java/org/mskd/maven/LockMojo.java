package org.mskd.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.mskd.file.AtomicFile;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.LockFile;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.lock.LockStep;
import org.mskd.pipeline.plan.FolderCheck;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.problem.BadInputException;

/**
 * Copies the lock of the finished run to mskd.lock.json beside the POM, to be committed: data,
 * parameters, code, environment, results and scores, as counts, digests and numbers.
 */
@Mojo(name = "lock", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class LockMojo extends ConfiguredMojo {
  @Override
  void execute(Section configuration) {
    WorkerSettings settings = workerSettings(configuration);
    WorkerRequest given = request(Goal.RUN, settings, reader(configuration));
    FolderCheck.check(given);
    WorkerRequest request = runner().withBackend(build(), settings, given);
    Path output = settings.outputDirectory();
    Path lock = LockStep.fileIn(output);
    requireLock(lock);
    if (!new LockStep(request, FileDigests.in(output, settings.options().reread())).isCurrent()) {
      throw new BadInputException(
          lock + " is not the lock of this POM, its data and the results that are there now.",
          "Run mskd:run, then mskd:lock again; mskd:status shows what changed.");
    }
    ExperimentLock content = LockFile.read(lock);
    if (content.metrics().isEmpty()) {
      getLog().warn("The lock holds no scores: not all models are evaluated. Run mskd:run first.");
    }
    Path copy = lockFile(configuration);
    String text = text(lock);
    boolean same = Files.isRegularFile(copy) && text(copy).equals(text);
    if (!same) {
      AtomicFile.writeText(copy, text);
    }
    getLog()
        .info(
            "%s %s: %d data sets, %d stages. Commit it with the POM."
                .formatted(
                    copy,
                    same ? "is unchanged" : "is written",
                    content.data().size(),
                    content.stages().size()));
  }

  private static void requireLock(Path lock) {
    if (!Files.isRegularFile(lock)) {
      throw new BadInputException(
          lock + " does not exist.", "Run mskd:run first: every run writes it.");
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read (" + e + ").", "Check its permissions.", e);
    }
  }
}
