package org.mskd.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.LockFile;
import org.mskd.problem.BadInputException;

/**
 * What there is of a run.
 *
 * @param name as it was given
 * @param lock its lock, whose cases are named by the digest of their voxels
 * @param metrics its {@code metrics.json}, whose cases have their names
 */
public record FoundRun(String name, Optional<ExperimentLock> lock, Optional<Metrics> metrics) {
  /** Where a lock may lie in a given folder: that of a project, or an output directory. */
  private static final List<String> LOCKS =
      List.of("lock.json", "mskd/lock.json", "target/mskd/lock.json", "mskd.lock.json");

  private static final List<String> METRICS =
      List.of(
          "evaluation/metrics.json",
          "mskd/evaluation/metrics.json",
          "target/mskd/evaluation/metrics.json",
          "metrics.json");

  /**
   * Looks for a run.
   *
   * @param name the path as it was given
   * @param path an output directory, a project's folder, a lock, or {@code metrics.json}
   * @throws BadInputException if there is nothing, or a file cannot be used
   */
  public static FoundRun at(String name, Path path) {
    if (Files.isDirectory(path)) {
      Optional<Path> lock = first(path, LOCKS);
      Optional<Path> metrics = first(path, METRICS);
      if (lock.isEmpty() && metrics.isEmpty()) {
        throw new BadInputException(
            path + " holds no lock.json and no evaluation/metrics.json.",
            "Name the output directory of a run that evaluated its models, such as target/mskd.");
      }
      return new FoundRun(name, lock.map(LockFile::read), metrics.map(MetricsFile::read));
    }
    if (!Files.isRegularFile(path)) {
      throw new BadInputException(
          path + " does not exist.", "Name an output directory, a lock, or a metrics.json.");
    }
    JsonNode root = LockFile.json(path);
    return LockFile.isLock(root)
        ? new FoundRun(name, Optional.of(LockFile.read(path)), Optional.empty())
        : new FoundRun(name, Optional.empty(), Optional.of(MetricsFile.read(path)));
  }

  private static Optional<Path> first(Path folder, List<String> names) {
    return names.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  /** The scores with cases by the digest of their voxels. */
  public Optional<Metrics> byDigest() {
    return lock.flatMap(ExperimentLock::metrics);
  }
}
