package org.mskd.gate;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mskd.comparison.FoundRun;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.Metrics;
import org.mskd.experiment.Rule;
import org.mskd.problem.BadInputException;

/** The kept runs that rules compare the scores with. */
public final class Baselines {
  /** For rules that refer to none. */
  static final Baselines NONE = new Baselines(Map.of());

  private final Map<String, FoundRun> runs;
  private Optional<Metrics> currentByDigest = Optional.empty();

  private Baselines(Map<String, FoundRun> runs) {
    this.runs = runs;
  }

  /**
   * Reads the files that rules name.
   *
   * @throws BadInputException if one is missing, cannot be used, or holds no scores
   */
  public static Baselines read(List<Rule> rules) {
    Map<String, FoundRun> runs = new HashMap<>();
    for (Rule rule : rules) {
      if (rule.kind() == Rule.Kind.NOT_WORSE_THAN) {
        runs.computeIfAbsent(rule.other(), Baselines::found);
      }
    }
    return new Baselines(runs);
  }

  private static FoundRun found(String path) {
    try {
      FoundRun run = FoundRun.at(path, Path.of(path));
      if (run.byDigest().or(run::metrics).isEmpty()) {
        throw new BadInputException(path + " holds no scores.", "Run mskd:run, then mskd:lock.");
      }
      return run;
    } catch (BadInputException e) {
      throw new BadInputException(
          "<notWorseThan> of a <rule>: " + e.problem(),
          e.remedy() + " mskd:lock writes mskd.lock.json; to begin, run without this rule.",
          e);
    }
  }

  /**
   * With the scores that the rules are about, cases named by the digest of their voxels, as a lock
   * names them.
   */
  public Baselines against(Optional<Metrics> current) {
    currentByDigest = current;
    return this;
  }

  /** The scores of the run that a rule names. */
  Metrics of(Rule rule) {
    FoundRun run = runs.get(rule.other());
    return run.byDigest().or(run::metrics).orElseThrow();
  }

  /** Whether the method of a rule was scored on the same cases there and now. */
  boolean isOfTheSameCases(Rule rule, Metrics named) {
    boolean digests = runs.get(rule.other()).byDigest().isPresent();
    Metrics current = digests ? currentByDigest.orElse(named) : named;
    return cases(current, rule.method()).equals(cases(of(rule), rule.method()));
  }

  private static Set<String> cases(Metrics metrics, String method) {
    return metrics.models().stream()
        .filter(model -> model.name().equals(method))
        .flatMap(model -> model.cases().stream())
        .map(CaseScore::id)
        .collect(Collectors.toSet());
  }
}
