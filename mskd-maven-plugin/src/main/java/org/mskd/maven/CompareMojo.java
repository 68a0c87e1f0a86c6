package org.mskd.maven;

import java.nio.file.Path;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.mskd.comparison.ComparisonJson;
import org.mskd.comparison.ComparisonMarkdown;
import org.mskd.comparison.ComparisonText;
import org.mskd.comparison.RunComparison;
import org.mskd.comparison.RunReader;
import org.mskd.experiment.Experiment;
import org.mskd.file.AtomicFile;
import org.mskd.maven.config.CompareSettings;

/**
 * Compares runs: the parameters that differ and, per organ and model, the difference of the scores,
 * paired by case, with its interval and a test. Needs no POM.
 */
@Mojo(
    name = "compare",
    defaultPhase = LifecyclePhase.VERIFY,
    threadSafe = true,
    requiresProject = false,
    aggregator = true)
public final class CompareMojo extends StandaloneMojo {
  /**
   * Two or more runs, separated by commas, each an output directory, a project's folder, a lock or
   * a metrics.json; the others are compared with the first one. On the command line only: {@code
   * -Dmskd.runs}. Required.
   */
  @Parameter(property = "mskd.runs")
  private String runs;

  /**
   * The folder for comparison.md and comparison.json; on the command line only: {@code
   * -Dmskd.report}. Default: they are not written.
   */
  @Parameter(property = "mskd.report")
  private String report;

  @Override
  String goal() {
    return "compare";
  }

  @Override
  void run() {
    CompareSettings settings = CompareSettings.of(runs, report, basedir());
    // The default seed, whatever the runs' seeds are: the intervals depend on the scores alone.
    RunComparison comparison =
        RunComparison.of(RunReader.read(settings.runs()), Experiment.DEFAULT_SEED);
    ComparisonText.lines(comparison).forEach(getLog()::info);
    settings.report().ifPresent(folder -> write(comparison, folder));
  }

  private void write(RunComparison comparison, Path folder) {
    Path markdown = folder.resolve("comparison.md");
    Path json = folder.resolve("comparison.json");
    AtomicFile.writeText(markdown, ComparisonMarkdown.text(comparison));
    AtomicFile.writeText(json, ComparisonJson.text(comparison));
    getLog()
        .info("Written: " + markdown + " and " + json.getFileName() + ", with further metrics.");
  }
}
