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

/**
 * Collects the times that trainings and evaluations left. They are no results, so that any may be
 * missing: of a model that an earlier version trained, or that was given as a file.
 */
@ResultNeutral
record ModelTimings(StageContext context) {
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

  private static SortedMap<String, Double> in(Path folder, String model) {
    Path file = folder.resolve(TimingsFile.NAME);
    return Files.isRegularFile(file)
        ? TimingsFile.read(file).getOrDefault(model, new TreeMap<>())
        : new TreeMap<>();
  }
}
