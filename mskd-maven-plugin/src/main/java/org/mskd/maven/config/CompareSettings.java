package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mskd.problem.BadInputException;

/**
 * The parameters of the goal {@code compare}.
 *
 * @param runs the path of each run by the text that names it, in their order
 * @param report the folder of the files; empty if none are written
 */
public record CompareSettings(Map<String, Path> runs, Optional<Path> report) {
  public CompareSettings {
    runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
  }

  /**
   * The parameters as Maven passes them.
   *
   * @param runs {@code -Dmskd.runs}; null if it is not given
   * @param report {@code -Dmskd.report}; null if it is not given
   * @param basedir the folder that paths are relative to
   * @throws BadInputException if no runs are given, or a value is no path
   */
  public static CompareSettings of(String runs, String report, Path basedir) {
    if (runs == null || runs.isBlank()) {
      throw new BadInputException(
          Schema.userProperty("runs") + " is missing.",
          "Name two or more runs: "
              + Schema.userProperty("runs")
              + "=FIRST,OTHER, each an output directory, a lock or a metrics.json.");
    }
    Map<String, Path> paths = new LinkedHashMap<>();
    for (String run : runs.split(",")) {
      if (!run.isBlank()) {
        paths.put(run.strip(), Value.ofUser("runs", run.strip()).asPath(basedir));
      }
    }
    return new CompareSettings(
        paths,
        Optional.ofNullable(report)
            .filter(folder -> !folder.isBlank())
            .map(folder -> Value.ofUser("report", folder.strip()).asPath(basedir)));
  }
}
