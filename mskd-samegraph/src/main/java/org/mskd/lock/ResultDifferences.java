package org.mskd.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelScore;

/** Compares the results of two locks of one experiment. */
public final class ResultDifferences {
  private ResultDifferences() {}

  /** The files that are not the same bytes, by stage and path. */
  public static List<LockDifference> ofFiles(ExperimentLock locked, ExperimentLock now) {
    return LockDifference.between("", files(locked), files(now));
  }

  private static SortedMap<String, String> files(ExperimentLock lock) {
    SortedMap<String, String> files = new TreeMap<>();
    lock.stages()
        .forEach(
            (id, stage) ->
                stage.outputs().forEach((path, output) -> files.put(path, output.sha256())));
    return files;
  }

  /**
   * The mean Dice over the organs of each model that differs by more than a tolerance, or is
   * missing.
   *
   * @param tolerance 0 to 1
   */
  public static List<LockDifference> ofMeans(
      ExperimentLock locked, ExperimentLock now, double tolerance) {
    return beyond(means(locked), means(now), tolerance);
  }

  /** As {@link #ofMeans}, of each organ. */
  public static List<LockDifference> ofOrgans(
      ExperimentLock locked, ExperimentLock now, double tolerance) {
    return beyond(organs(locked), organs(now), tolerance);
  }

  private static List<LockDifference> beyond(
      SortedMap<String, OptionalDouble> before,
      SortedMap<String, OptionalDouble> after,
      double tolerance) {
    List<LockDifference> differences = new ArrayList<>();
    before.forEach(
        (name, value) -> {
          OptionalDouble other = after.getOrDefault(name, OptionalDouble.empty());
          boolean close =
              value.isPresent() && other.isPresent()
                  ? Math.abs(value.getAsDouble() - other.getAsDouble()) <= tolerance
                  : value.isEmpty() && other.isEmpty();
          if (!close) {
            differences.add(new LockDifference(name, text(value), text(other)));
          }
        });
    return differences;
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "none";
  }

  private static SortedMap<String, OptionalDouble> means(ExperimentLock lock) {
    SortedMap<String, OptionalDouble> means = new TreeMap<>();
    for (ModelScore model : lock.metrics().map(Metrics::models).orElse(List.of())) {
      means.put("mean Dice, " + model.name(), model.meanDice());
    }
    return means;
  }

  private static SortedMap<String, OptionalDouble> organs(ExperimentLock lock) {
    SortedMap<String, OptionalDouble> dice = new TreeMap<>();
    for (ModelScore model : lock.metrics().map(Metrics::models).orElse(List.of())) {
      model
          .organs()
          .forEach(
              (organ, score) ->
                  dice.put("Dice of " + organ + ", " + model.name(), score.of(Metric.DICE).mean()));
    }
    return dice;
  }
}
