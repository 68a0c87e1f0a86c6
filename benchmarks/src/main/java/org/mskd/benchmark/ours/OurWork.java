package org.mskd.benchmark.ours;

import java.io.IOException;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Resident;
import org.mskd.benchmark.measure.Results;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.runtime.Engine;

/** A JVM that does one work with mskd. */
public final class OurWork {
  private OurWork() {}

  /** Runs the work that the arguments name. */
  public static void main(String[] arguments) throws IOException {
    Arguments parameters = Arguments.parse(arguments);
    Results results = new Results();
    switch (parameters.text("work")) {
      case "supervised" -> SupervisedWork.run(parameters, network(parameters), results);
      case "teacher" -> TeacherWork.run(parameters, network(parameters), results);
      case "mskd" -> MskdWork.run(parameters, network(parameters), results);
      case "inference" -> InferenceWork.run(parameters, network(parameters), results);
      case "predict" -> PredictWork.run(parameters, network(parameters), results);
      case "peak" -> PeakWork.run(parameters.integer("side"), parameters.integer("steps"), results);
      case "prepare" -> PrepareWork.run(parameters, results);
      default -> throw new IllegalArgumentException("no work " + parameters.text("work"));
    }
    Resident.peak().ifPresent(mib -> results.put("peakMiB", mib));
    if (!parameters.text("work").equals("prepare")) {
      results.put("engine", Engine.description());
    }
    results.write(parameters.path("results"));
  }

  private static Network network(Arguments parameters) {
    return AskedSettings.network(
        parameters, new Network(parameters.integer("base"), 4, Normalization.INSTANCE));
  }
}
