package org.mskd.pipeline.stages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mskd.code.ResultNeutral;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.Method;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.problem.BadInputException;

/**
 * Collects the times that trainings and evaluations left. They are no results, so that any may be
 * missing: of a model that an earlier version trained, or that was given as a file. A file that
 * cannot be used counts as missing, with a warning.
 */
@ResultNeutral
record ModelTimings(StageContext context, StageProgress progress) {
  private static final String LEFT_OUT =
      "Its times are left out of evaluation/timings.json. No result depends on the file; delete"
          + " it.";

  /**
   * The times of some models. A training step of the teachers is one of each teacher, added up.
   *
   * @param models {@link Method#TEACHERS} or names of methods
   */
  SortedMap<String, SortedMap<String, Double>> of(List<String> models) {
    SortedMap<String, SortedMap<String, Double>> all = new TreeMap<>();
    for (String model : models) {
      SortedMap<String, Double> times = new TreeMap<>();
      times.putAll(in(context.folders().evaluation(model), model));
      times.putAll(
          model.equals(Method.TEACHERS) ? teachers() : in(context.folders().method(model), model));
      all.put(model, times);
    }
    return all;
  }

  private SortedMap<String, Double> teachers() {
    List<String> organs = context.experiment().organs();
    List<Double> seconds =
        organs.stream()
            .map(organ -> in(context.folders().teacher(organ), organ))
            .flatMap(times -> Stream.ofNullable(times.get(TimingsFile.TRAINING)))
            .toList();
    SortedMap<String, Double> sum = new TreeMap<>();
    if (seconds.size() == organs.size()) {
      sum.put(TimingsFile.TRAINING, seconds.stream().mapToDouble(Double::doubleValue).sum());
    }
    return sum;
  }

  private SortedMap<String, Double> in(Path folder, String model) {
    Path file = folder.resolve(TimingsFile.NAME);
    if (!Files.isRegularFile(file)) {
      return new TreeMap<>();
    }
    try {
      return TimingsFile.read(file).getOrDefault(model, new TreeMap<>());
    } catch (BadInputException e) {
      progress.warn(e.problem() + " " + LEFT_OUT);
      return new TreeMap<>();
    }
  }
}
