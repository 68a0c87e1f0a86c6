package org.mskd.pipeline.request;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Scoring;

/** A request that differs from another one in some components. */
final class WorkerRequestBuilder {
  private Goal goal;
  private Optional<Experiment> experiment;
  private Optional<Phantoms> phantoms;
  private final Path outputDirectory;
  private int threads;
  private String backend;
  private SortedMap<String, String> environment;
  private RunOptions options;
  private Optional<Prediction> prediction;
  private Optional<ExportOptions> export;
  private SortedMap<String, Path> jars;
  private Optional<Scoring> scoring;

  WorkerRequestBuilder(WorkerRequest from) {
    goal = from.goal();
    experiment = from.experiment();
    phantoms = from.phantoms();
    outputDirectory = from.outputDirectory();
    threads = from.threads();
    backend = from.backend();
    environment = from.environment();
    options = from.options();
    prediction = from.prediction();
    export = from.export();
    jars = from.jars();
    scoring = from.scoring();
  }

  WorkerRequestBuilder goal(Goal value) {
    goal = value;
    return this;
  }

  WorkerRequestBuilder experiment(Optional<Experiment> value) {
    experiment = value;
    return this;
  }

  WorkerRequestBuilder phantoms(Optional<Phantoms> value) {
    phantoms = value;
    return this;
  }

  WorkerRequestBuilder threads(int value) {
    threads = value;
    return this;
  }

  WorkerRequestBuilder backend(String value) {
    backend = value;
    return this;
  }

  WorkerRequestBuilder environment(SortedMap<String, String> value) {
    environment = value;
    return this;
  }

  WorkerRequestBuilder options(RunOptions value) {
    options = value;
    return this;
  }

  WorkerRequestBuilder prediction(Optional<Prediction> value) {
    prediction = value;
    return this;
  }

  WorkerRequestBuilder export(Optional<ExportOptions> value) {
    export = value;
    return this;
  }

  WorkerRequestBuilder jars(SortedMap<String, Path> value) {
    jars = value;
    return this;
  }

  WorkerRequestBuilder scoring(Optional<Scoring> value) {
    scoring = value;
    return this;
  }

  WorkerRequest build() {
    return new WorkerRequest(
        goal,
        experiment,
        phantoms,
        outputDirectory,
        threads,
        backend,
        environment,
        options,
        prediction,
        export,
        jars,
        scoring);
  }
}
