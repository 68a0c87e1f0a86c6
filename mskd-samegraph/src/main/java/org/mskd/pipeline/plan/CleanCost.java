package org.mskd.pipeline.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.DiskSpace;
import org.mskd.pipeline.stage.ResultCache;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageStamp;

/**
 * What {@code mvn clean} would cost: the results that are there and not in a cache.
 *
 * @param cached how many results would come from the cache
 * @param lost names of the stages whose result would be made again
 * @param trained how many of these train a network
 * @param bytes length of the files of the lost results
 * @param hasCache whether there is a cache
 */
public record CleanCost(int cached, List<String> lost, int trained, long bytes, boolean hasCache) {
  public CleanCost {
    lost = List.copyOf(lost);
  }

  /** Looks at the stamps of an experiment and at its cache. */
  public static CleanCost of(WorkerRequest request) {
    ResultCache cache = ResultCaches.existing(request);
    Path output = request.outputDirectory();
    List<String> lost = new ArrayList<>();
    int cached = 0;
    int trained = 0;
    long bytes = 0;
    for (Stage stage : ExperimentPlan.of(request).stages()) {
      if (stage.installsItself()) {
        continue; // phantoms, which take seconds and may lie elsewhere
      }
      StageStamp stamp = StageStamp.read(StageStamp.fileOf(output, stage.id()));
      if (stamp != null && cache.holds(stage.id(), stamp)) {
        cached++;
      } else if (stamp != null) {
        lost.add(stage.name());
        trained += stage.isTraining() ? 1 : 0;
        bytes += stamp.bytes();
      }
    }
    return new CleanCost(cached, lost, trained, bytes, cache.exists());
  }

  /** One sentence or two. */
  public String text() {
    if (lost.isEmpty() && cached == 0) {
      return "mvn clean would cost nothing: there are no results.";
    }
    String kept = cached == 0 ? "" : " %d results would come from the cache.".formatted(cached);
    if (lost.isEmpty()) {
      return "mvn clean would cost nothing:" + kept;
    }
    String again =
        "After mvn clean, %d stages would run again, %d of them trainings (%s)."
            .formatted(lost.size(), trained, DiskSpace.text(bytes));
    return again
        + kept
        + (hasCache ? "" : " A <cacheDirectory> outside of target would keep their results.");
  }
}
