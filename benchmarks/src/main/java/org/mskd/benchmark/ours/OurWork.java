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
    Arguments asked = Arguments.parse(arguments);
    Results results = new Results();
    switch (asked.text("work")) {
      case "supervised" -> SupervisedWork.run(asked, network(asked), results);
      case "mskd" -> MskdWork.run(asked, network(asked), results);
      case "inference" -> InferenceWork.run(asked, network(asked), results);
      case "peak" -> PeakWork.run(asked.integer("side"), asked.integer("steps"), results);
      case "prepare" -> PrepareWork.run(asked, results);
      default -> throw new IllegalArgumentException("no work " + asked.text("work"));
    }
    Resident.peak().ifPresent(mib -> results.put("peakMiB", mib));
    if (!asked.text("work").equals("prepare")) {
      results.put("engine", Engine.description());
    }
    results.write(asked.path("results"));
  }

  private static Network network(Arguments asked) {
    return new Network(asked.integer("base"), 4, Normalization.INSTANCE);
  }
}
