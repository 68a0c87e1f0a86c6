package org.mskd.pipeline.plan;

import java.nio.file.Path;
import java.util.List;
import org.mskd.evaluation.MetricsFile;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Rule;
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
   * Checks, before any work, that rules and a test set are declared.
   *
   * @throws BadInputException if rules are to be checked and rules or test set are missing
   */
  static void requireDeclared(Goal goal, Experiment experiment) {
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
  }

  /** Writes the report and reports all violations as one failure. */
  public int check(EventLog events) {
    if (!wanted) {
      return ExitCode.DONE;
    }
    Path metrics = folders.metricsFile();
    List<Verdict> verdicts = RuleCheck.of(rules, MetricsFile.read(metrics));
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
