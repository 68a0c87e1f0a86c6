package org.mskd.lock;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.evaluation.Metrics;

/**
 * What an experiment consists of and what came out of it.
 *
 * @param data the data sets by name; the test set is {@code test}
 * @param environment where it ran
 * @param metrics the scores, cases by the digest of their voxels; empty until models are evaluated
 * @param parameters the effective configuration by dotted name, such as {@code training.epochs}
 * @param stages the stages that are up to date, by id
 */
public record ExperimentLock(
    SortedMap<String, LockedSet> data,
    LockedEnvironment environment,
    Optional<Metrics> metrics,
    SortedMap<String, String> parameters,
    SortedMap<String, LockedStage> stages) {
  public ExperimentLock {
    data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    Objects.requireNonNull(environment);
    Objects.requireNonNull(metrics);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    stages = Collections.unmodifiableSortedMap(new TreeMap<>(stages));
  }

  /** The name of the file in an output directory. */
  public static final String FILE = "lock.json";

  /** The name of the copy beside a POM. */
  public static final String COPY = "mskd.lock.json";

  /** Whether another lock differs in nothing but the machine and the class path. */
  public boolean isSameResult(ExperimentLock other) {
    return data.equals(other.data)
        && environment.tensors().equals(other.environment.tensors())
        && metrics.equals(other.metrics)
        && parameters.equals(other.parameters)
        && stages.equals(other.stages);
  }
}
