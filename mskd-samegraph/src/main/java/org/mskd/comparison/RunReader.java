package org.mskd.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.mskd.evaluation.Metrics;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.Sha256;
import org.mskd.lock.ExperimentLock;
import org.mskd.problem.BadInputException;

/** Reads runs so that their cases have comparable names. */
public final class RunReader {
  private RunReader() {}

  /**
   * Reads runs.
   *
   * @param paths output directories, projects' folders, locks or {@code metrics.json}, by the name
   *     that is shown
   * @throws BadInputException if there are fewer than two, one cannot be used, or they have no
   *     comparable cases
   */
  public static List<ComparedRun> read(Map<String, Path> paths) {
    if (paths.size() < 2) {
      throw new BadInputException(
          "Fewer than two different runs are named.",
          "Name two or more, separated by commas: the first one is what the others are compared"
              + " with.");
    }
    List<FoundRun> found = new ArrayList<>();
    paths.forEach((name, path) -> found.add(FoundRun.at(name, path)));
    if (found.stream().allMatch(run -> run.byDigest().isPresent())) {
      return runs(found, FoundRun::byDigest);
    }
    if (found.stream().allMatch(run -> run.metrics().isPresent())) {
      return runs(found, FoundRun::metrics);
    }
    FoundRun without =
        found.stream()
            .filter(run -> run.byDigest().isEmpty() && run.metrics().isEmpty())
            .findFirst()
            .orElse(null);
    if (without != null) {
      throw new BadInputException(
          without.name() + " has no scores.",
          "Run mskd:evaluate there first (and mskd:lock, to replace a copy of the lock).");
    }
    throw new BadInputException(
        "A lock has digests in place of the names of its cases, a metrics.json has their names: "
            + String.join(", ", paths.keySet())
            + " have no comparable cases.",
        "Name the output directory in place of " + firstWithOneForm(found) + ".");
  }

  private static String firstWithOneForm(List<FoundRun> found) {
    return found.stream()
        .filter(run -> run.byDigest().isEmpty() || run.metrics().isEmpty())
        .map(FoundRun::name)
        .findFirst()
        .orElseThrow();
  }

  private static List<ComparedRun> runs(
      List<FoundRun> found, Function<FoundRun, Optional<Metrics>> metrics) {
    return found.stream()
        .map(
            run ->
                new ComparedRun(
                    run.name(),
                    run.lock().map(RunReader::settings).orElseGet(TreeMap::new),
                    metrics.apply(run).orElseThrow()))
        .toList();
  }

  private static SortedMap<String, String> settings(ExperimentLock lock) {
    SortedMap<String, String> settings = new TreeMap<>(lock.parameters());
    lock.environment()
        .tensors()
        .forEach((name, value) -> settings.put("environment." + name, value));
    lock.data()
        .forEach(
            (name, set) ->
                settings.put(
                    "data." + name,
                    "%d cases, %.8s".formatted(set.count(), Sha256.of(ExperimentJson.write(set)))));
    lock.stages()
        .forEach((id, stage) -> settings.put("code." + id, "%.8s".formatted(stage.code())));
    return settings;
  }
}
