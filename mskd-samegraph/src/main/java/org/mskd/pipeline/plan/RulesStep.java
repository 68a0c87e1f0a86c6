package org.mskd.pipeline.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.comparison.FoundRun;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Rule;
import org.mskd.gate.Baselines;
import org.mskd.gate.JUnitReport;
import org.mskd.gate.RuleCheck;
import org.mskd.gate.Verdict;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.event.Failure;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/**
 * Compares the scores with the declared rules, after all stages. It is not a stage: it takes no
 * time and is repeated in each run.
 */
public final class RulesStep {
  private final ExperimentFolders folders;
  private final List<Rule> rules;
  private final boolean wanted;

  public RulesStep(WorkerRequest request) {
    this.folders = new ExperimentFolders(request.outputDirectory());
    this.rules = request.experiment().map(Experiment::rules).orElse(List.of());
    this.wanted = request.goal() == Goal.CHECK || (request.goal() == Goal.RUN && !rules.isEmpty());
  }

  /** Whether rules are to be checked. */
  boolean isWanted() {
    return wanted;
  }

  /**
   * Checks, before any work, that rules, a test set, and the kept runs that rules name are there.
   *
   * @throws BadInputException if rules are to be checked and one of these is missing
   */
  static void requireDeclared(WorkerRequest request, Experiment experiment) {
    Goal goal = request.goal();
    if (goal == Goal.CHECK && experiment.rules().isEmpty()) {
      throw new BadInputException(
          "<rules> is missing, so there is nothing to check.",
          "Declare <rules> with a <rule> of <metric>, <organ> and <minimum>, or run"
              + " mskd:evaluate.");
    }
    boolean checks = goal == Goal.CHECK || goal == Goal.RUN;
    if (checks && !experiment.rules().isEmpty() && experiment.testSet().isEmpty()) {
      throw new BadInputException(
          "<rules> are declared, but no <testSet> that scores could come from.",
          "Declare a <testSet> with a <directory> and its <labels>, or leave out <rules>.");
    }
    if (checks) {
      requireBaselines(request, experiment.rules());
    }
  }

  /** A run that is compared with itself is never worse. */
  private static void requireBaselines(WorkerRequest request, List<Rule> rules) {
    Path output = request.outputDirectory().toAbsolutePath().normalize();
    for (Rule rule : rules) {
      if (rule.kind() == Rule.Kind.NOT_WORSE_THAN
          && Path.of(rule.other()).toAbsolutePath().normalize().startsWith(output)) {
        throw new BadInputException(
            "<notWorseThan> " + rule.other() + " is a file of this run itself.",
            "Name a copy of an earlier lock: mskd:lock writes mskd.lock.json beside the POM.");
      }
    }
    Baselines.read(rules);
  }

  /** The scores of this run, from its lock. */
  private static Optional<Metrics> currentByDigest(Path output) {
    return FoundRun.at(output.toString(), output).byDigest();
  }

  /** Writes the report and reports all violations as one failure. */
  public int check(EventLog events) {
    if (!wanted) {
      return ExitCode.DONE;
    }
    Path metrics = folders.metricsFile();
    List<Verdict> verdicts =
        RuleCheck.of(
            rules,
            MetricsFile.read(metrics),
            Baselines.read(rules).against(currentByDigest(folders.root())));
    JUnitReport.write(folders.rulesReport(), verdicts);
    List<String> violated =
        verdicts.stream().filter(verdict -> !verdict.holds()).map(Verdict::line).toList();
    for (Verdict verdict : verdicts) {
      if (verdict.holds()) {
        events.report(new Event.Message("Rule met: " + verdict.line()));
      }
    }
    if (violated.isEmpty()) {
      return ExitCode.DONE;
    }
    String problem =
        "%d of %d rules are not met:%n  %s%n"
            .formatted(violated.size(), verdicts.size(), String.join("\n  ", violated))
            .replace("\r", "");
    return new Failure(
            ExitCode.GATE_FAILED,
            problem,
            "The scores are in " + metrics + ", the verdicts in " + folders.rulesReport() + ".")
        .reportTo(events);
  }
}
