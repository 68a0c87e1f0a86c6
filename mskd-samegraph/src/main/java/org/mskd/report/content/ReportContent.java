package org.mskd.report.content;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelScore;
import org.mskd.fingerprint.ScanFingerprint;

/**
 * What a report shows besides pictures.
 *
 * @param name of the experiment
 * @param version of mskd
 * @param made when the report is made
 * @param organs in the order of the classes
 * @param seed the experiment's
 * @param metrics the scores; empty if nothing was evaluated
 * @param timings seconds by model and {@link org.mskd.evaluation.TimingsFile}'s names
 * @param networks the trainings, in the order of the stages
 * @param training the data sets that are trained on
 * @param test the fingerprints of the test scans by case
 * @param notices about the results as a whole
 * @param warnings of all stages
 * @param parameters the effective configuration by dotted name
 * @param environment threads, versions of natives, machine
 * @param stages in the order of the run
 */
public record ReportContent(
    String name,
    String version,
    Instant made,
    List<String> organs,
    long seed,
    Optional<Metrics> metrics,
    SortedMap<String, SortedMap<String, Double>> timings,
    List<NetworkCurves> networks,
    List<DataSetFacts> training,
    Map<String, ScanFingerprint> test,
    List<String> notices,
    List<String> warnings,
    SortedMap<String, String> parameters,
    SortedMap<String, String> environment,
    List<StageLine> stages) {
  public ReportContent {
    Objects.requireNonNull(name);
    Objects.requireNonNull(made);
    organs = List.copyOf(organs);
    networks = List.copyOf(networks);
    training = List.copyOf(training);
    test = Map.copyOf(test);
    notices = List.copyOf(notices);
    warnings = List.copyOf(warnings);
    stages = List.copyOf(stages);
  }

  /** The evaluated models, the highest mean Dice first. */
  public List<ModelScore> models() {
    return metrics.map(Metrics::bestFirst).orElse(List.of());
  }

  /** The model that a reader looks at first: the best that is not the merged teachers. */
  public Optional<ModelScore> bestStudent(String teachers) {
    return models().stream()
        .filter(model -> !model.name().equals(teachers))
        .max(Comparator.comparingDouble(model -> model.meanDice().orElse(-1)));
  }

  /** What a test scan looks like. */
  Optional<ScanFingerprint> scanOf(String caseId) {
    return Optional.ofNullable(test.get(caseId));
  }

  /** The organs that the test set annotates, in the order of the classes. */
  public List<String> scoredOrgans() {
    return organs.stream()
        .filter(organ -> models().stream().anyMatch(model -> model.organs().containsKey(organ)))
        .toList();
  }
}
