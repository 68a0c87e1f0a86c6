package org.mskd.comparison;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelScore;

/**
 * One of the runs that are compared.
 *
 * @param name as it was given
 * @param settings parameters, data sets and environment by name; empty where only scores are known
 * @param metrics its scores
 */
public record ComparedRun(String name, SortedMap<String, String> settings, Metrics metrics) {
  public ComparedRun {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** A model by its name. */
  Optional<ModelScore> model(String model) {
    return metrics.models().stream().filter(one -> one.name().equals(model)).findFirst();
  }

  /** The names of its models. */
  List<String> models() {
    return metrics.models().stream().map(ModelScore::name).toList();
  }
}
