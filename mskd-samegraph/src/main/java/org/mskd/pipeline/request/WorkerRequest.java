package org.mskd.pipeline.request;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Scoring;

/**
 * The request to a worker, written by the plugin as a JSON file ({@link
 * org.mskd.experiment.ExperimentJson}).
 *
 * @param goal the goal to run
 * @param experiment the experiment; absent for {@link Goal#DOCTOR} and {@link Goal#MAKE_PHANTOMS}
 *     where the POM declares none
 * @param phantoms the phantoms for {@link Goal#MAKE_PHANTOMS}; other goals use those of the
 *     experiment
 * @param outputDirectory {@code target/mskd}
 * @param threads compute threads; results depend on it
 * @param backend coordinates of the ND4J backend on the class path, for reports; {@code none}
 * @param environment what results of tensor computations depend on besides the code: versions of
 *     native libraries and the processor's instruction set, by name; empty if nothing is computed
 *     with tensors
 * @param options options that no result depends on
 * @param prediction model and scans of {@link Goal#PREDICT}, or of {@code scoring}
 * @param export what {@link Goal#EXPORT} is to do
 * @param jars the worker's class path by Maven coordinates, for the lock; no result depends on it
 *     except through {@code environment} and the code
 * @param scoring how {@link Goal#EVALUATE} scores the model of {@code prediction}; absent where it
 *     scores those of the experiment
 */
public record WorkerRequest(
    Goal goal,
    Optional<Experiment> experiment,
    Optional<Phantoms> phantoms,
    Path outputDirectory,
    int threads,
    String backend,
    SortedMap<String, String> environment,
    RunOptions options,
    Optional<Prediction> prediction,
    Optional<ExportOptions> export,
    SortedMap<String, Path> jars,
    Optional<Scoring> scoring) {
  /** The {@code backend} of a goal that computes nothing with tensors. */
  public static final String NO_BACKEND = "none";

  public WorkerRequest {
    scoring = scoring == null ? Optional.empty() : scoring;
    export = export == null ? Optional.empty() : export;
    jars = jars == null ? new TreeMap<>() : new TreeMap<>(jars);
    prediction = prediction == null ? Optional.empty() : prediction;
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  /** A request without an experiment and without a backend, of one thread and default options. */
  public static WorkerRequest of(Goal goal, Path outputDirectory) {
    return new WorkerRequest(
        goal,
        Optional.empty(),
        Optional.empty(),
        outputDirectory,
        1,
        NO_BACKEND,
        new TreeMap<>(),
        RunOptions.DEFAULT,
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(),
        Optional.empty());
  }

  private WorkerRequestBuilder toBuilder() {
    return new WorkerRequestBuilder(this);
  }

  /** The same request with another goal. */
  public WorkerRequest withGoal(Goal other) {
    return toBuilder().goal(other).build();
  }

  /** The same request with other options. */
  public WorkerRequest withOptions(RunOptions other) {
    return toBuilder().options(other).build();
  }

  /** The same request for another experiment. */
  public WorkerRequest withExperiment(Experiment other) {
    return toBuilder().experiment(Optional.of(other)).build();
  }

  /** The same request that generates phantoms. */
  public WorkerRequest withPhantoms(Phantoms wanted) {
    return toBuilder().phantoms(Optional.of(wanted)).build();
  }

  /** The same request with another number of compute threads. */
  public WorkerRequest withThreads(int count) {
    return toBuilder().threads(count).build();
  }

  /** The same request that predicts scans. */
  public WorkerRequest withPrediction(Prediction wanted) {
    return toBuilder().prediction(Optional.of(wanted)).build();
  }

  /** The same request with a backend, and what results depend on with it. */
  public WorkerRequest withBackend(String coordinates, SortedMap<String, String> properties) {
    return toBuilder().backend(coordinates).environment(properties).build();
  }

  /** The same request that exports models. */
  public WorkerRequest withExport(ExportOptions wanted) {
    return toBuilder().export(Optional.of(wanted)).build();
  }

  /** The same request that predicts a test set and scores the predictions. */
  public WorkerRequest withScoring(Scoring wanted) {
    return toBuilder().scoring(Optional.of(wanted)).build();
  }

  /** The same request with the class path of its worker. */
  public WorkerRequest withJars(SortedMap<String, Path> classPath) {
    return toBuilder().jars(classPath).build();
  }
}
