package org.mskd.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mskd.evaluation.CaseScores.absent;
import static org.mskd.evaluation.CaseScores.found;
import static org.mskd.evaluation.CaseScores.missed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelCost;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.SeedScores;
import org.mskd.experiment.Rule;
import org.mskd.experiment.Rule.Kind;
import org.mskd.experiment.RuleMetric;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.LockFile;
import org.mskd.lock.LockedEnvironment;
import org.mskd.problem.BadInputException;
import org.w3c.dom.Element;

/** Two cases; all means by hand. */
class RuleCheckTest {
  @TempDir Path folder;

  private static final Metrics METRICS =
      new Metrics(
          "test",
          2,
          List.of(
              ModelScore.of(
                  "teachers",
                  new ModelCost(3, 1, 1000),
                  List.of(
                      found("a", "liver", 0.88, 6, 2),
                      found("b", "liver", 0.90, 8, 4),
                      found("a", "spleen", 0.70, 4, 1),
                      found("b", "spleen", 0.80, 4, 1),
                      absent("a", "kidney")),
                  1),
              ModelScore.of(
                  "mskd",
                  new ModelCost(1, 1, 1000),
                  List.of(
                      found("a", "liver", 0.89, 5, 2),
                      found("b", "liver", 0.91, 6, 2),
                      found("a", "spleen", 0.60, 3, 1),
                      missed("b", "spleen"),
                      absent("a", "kidney")),
                  1)));

  private static Rule rule(RuleMetric metric, String organ, String method, Kind kind, double at) {
    return new Rule(
        metric,
        organ,
        method,
        kind,
        at,
        kind != Kind.BETTER_THAN ? "" : method.equals("mskd") ? "teachers" : "mskd");
  }

  private static void assertVerdict(boolean holds, String line, Rule rule) {
    assertEquals(List.of(new Verdict(rule, holds, line)), RuleCheck.of(List.of(rule), METRICS));
  }

  @Test
  void boundsHoldUpToTheBoundItself() {
    assertVerdict(true, "is 0.9", rule(RuleMetric.DICE, "liver", "mskd", Kind.MINIMUM, 0.9));
    assertVerdict(false, "is 0.9", rule(RuleMetric.DICE, "liver", "mskd", Kind.MINIMUM, 0.900001));
    assertVerdict(true, "is 0.9", rule(RuleMetric.DICE, "liver", "mskd", Kind.MAXIMUM, 0.9));
    assertVerdict(false, "is 0.9", rule(RuleMetric.DICE, "liver", "mskd", Kind.MAXIMUM, 0.89));
    assertVerdict(true, "is 5.5 mm", rule(RuleMetric.HD95, "liver", "mskd", Kind.MAXIMUM, 5.5));
    assertVerdict(false, "is 2 mm", rule(RuleMetric.ASSD, "liver", "mskd", Kind.MAXIMUM, 1.9));
  }

  /**
   * Dice (0.9 + 0.3) / 2 over the organs that a reference has; HD95 of the teachers (7 + 4) / 2.
   */
  @Test
  void theMeanIsThatOfTheOrgansThatAreThere() {
    assertVerdict(true, "is 0.6", rule(RuleMetric.DICE, Rule.MEAN, "mskd", Kind.MINIMUM, 0.6));
    assertVerdict(
        true, "is 5.5 mm", rule(RuleMetric.HD95, Rule.MEAN, "teachers", Kind.MAXIMUM, 5.5));
  }

  @Test
  void betterIsMoreOfDiceAndLessOfADistance() {
    assertVerdict(
        true,
        "is 0.9 against 0.89, which is better by 0.01",
        rule(RuleMetric.DICE, "liver", "mskd", Kind.BETTER_THAN, 0.01));
    assertVerdict(
        false,
        "is 0.9 against 0.89, which is better by 0.01",
        rule(RuleMetric.DICE, "liver", "mskd", Kind.BETTER_THAN, 0.010001));
    assertVerdict(
        true,
        "is 5.5 mm against 7 mm, which is better by 1.5 mm",
        rule(RuleMetric.HD95, "liver", "mskd", Kind.BETTER_THAN, 1.5));
    assertVerdict(
        false,
        "is 7 mm against 5.5 mm, which is worse by 1.5 mm",
        rule(RuleMetric.HD95, "liver", "teachers", Kind.BETTER_THAN, 0));
  }

  /** Spleen: 3 mm, and 500 mm for the miss; else to find an organ less often would be better. */
  @Test
  void aMissCountsAsTheVolumesDiagonal() {
    String miss = " (missed in 1 of 2 cases)";
    assertVerdict(
        false, "is 251.5 mm" + miss, rule(RuleMetric.HD95, "spleen", "mskd", Kind.MAXIMUM, 251.4));
    assertVerdict(
        true, "is 251.5 mm" + miss, rule(RuleMetric.HD95, "spleen", "mskd", Kind.MAXIMUM, 251.5));
    assertVerdict(
        false,
        "is 250.5 mm" + miss + " against 1 mm, which is worse by 249.5 mm",
        rule(RuleMetric.ASSD, "spleen", "mskd", Kind.BETTER_THAN, 0));
    assertVerdict(
        true,
        "is 4 mm against 251.5 mm" + miss + ", which is better by 247.5 mm",
        rule(RuleMetric.HD95, "spleen", "teachers", Kind.BETTER_THAN, 0));
    assertVerdict(
        false, "is 251.5 mm" + miss, rule(RuleMetric.HD95, "spleen", "mskd", Kind.MINIMUM, 100));
    // Over the organs: (2 + 250.5) / 2.
    assertVerdict(
        false,
        "is 126.25 mm (missed in 1 of 4 cases)",
        rule(RuleMetric.ASSD, Rule.MEAN, "mskd", Kind.MAXIMUM, 2));
  }

  @Test
  void missesAreCountedAndAddedOverTheOrgans() {
    assertVerdict(true, "is 1", rule(RuleMetric.MISSED, "spleen", "mskd", Kind.MAXIMUM, 1));
    assertVerdict(false, "is 1", rule(RuleMetric.MISSED, Rule.MEAN, "mskd", Kind.MAXIMUM, 0));
    assertVerdict(true, "is 0", rule(RuleMetric.MISSED, "liver", "mskd", Kind.MAXIMUM, 0));
    assertVerdict(
        true,
        "is 0 against 1, which is better by 1",
        rule(RuleMetric.MISSED, Rule.MEAN, "teachers", Kind.BETTER_THAN, 1));
    assertEquals(
        "missed of all organs, mskd: at most 0",
        rule(RuleMetric.MISSED, Rule.MEAN, "mskd", Kind.MAXIMUM, 0).title());
  }

  /** A spleen of 100 ml predicted with 90 ml and missed: (10 + 100) / 2; surface Dice .75 and 0. */
  @Test
  void surfacesAndVolumes() {
    assertVerdict(
        true,
        "is 55 ml",
        rule(RuleMetric.ABSOLUTE_VOLUME_DIFFERENCE, "spleen", "mskd", Kind.MAXIMUM, 55));
    assertVerdict(
        false, "is 0.375", rule(RuleMetric.SURFACE_DICE, "spleen", "mskd", Kind.MINIMUM, 0.4));
    assertEquals(
        "absoluteVolumeDifferenceMl of spleen, mskd: at most 55 ml",
        rule(RuleMetric.ABSOLUTE_VOLUME_DIFFERENCE, "spleen", "mskd", Kind.MAXIMUM, 55).title());
  }

  @Test
  void whatHasNoValueDoesNotPass() {
    for (Kind kind : List.of(Kind.MINIMUM, Kind.MAXIMUM, Kind.BETTER_THAN)) {
      for (RuleMetric metric : RuleMetric.values()) {
        assertVerdict(
            false,
            "mskd has no value for kidney in the test set",
            rule(metric, "kidney", "mskd", kind, 0));
      }
      assertVerdict(
          false, "there are no scores of mine", rule(RuleMetric.DICE, "liver", "mine", kind, 0));
    }
  }

  @Test
  void boundsThatCannotBeAreRefused() {
    assertThrows(
        BadInputException.class, () -> rule(RuleMetric.DICE, "liver", "mskd", Kind.MINIMUM, 1.01));
    assertThrows(
        BadInputException.class, () -> rule(RuleMetric.HD95, "liver", "mskd", Kind.MAXIMUM, -1));
    assertThrows(
        BadInputException.class,
        () -> new Rule(RuleMetric.DICE, "liver", "mskd", Kind.BETTER_THAN, 0, "mskd"));
  }

  @Test
  void eachRuleIsATestCaseForContinuousIntegration() throws Exception {
    List<Rule> rules =
        List.of(
            rule(RuleMetric.DICE, "liver", "mskd", Kind.MINIMUM, 0.9),
            rule(RuleMetric.HD95, "liver", "<\"&ä>", Kind.MAXIMUM, 5));
    Path file = folder.resolve("check/TEST-mskd.check.xml");
    JUnitReport.write(file, RuleCheck.of(rules, METRICS));
    Element suite = parsed(file);
    assertEquals("testsuite", suite.getTagName());
    assertEquals("2", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals("0", suite.getAttribute("errors"));
    Element met = (Element) suite.getElementsByTagName("testcase").item(0);
    Element violated = (Element) suite.getElementsByTagName("testcase").item(1);
    assertEquals("dice of liver, mskd: at least 0.9", met.getAttribute("name"));
    assertEquals(0, met.getElementsByTagName("failure").getLength());
    assertEquals(rules.get(1).title(), violated.getAttribute("name"));
    Element failure = (Element) violated.getElementsByTagName("failure").item(0);
    assertEquals("there are no scores of <\"&ä>", failure.getAttribute("message"));
    byte[] once = Files.readAllBytes(file);
    JUnitReport.write(file, RuleCheck.of(rules, METRICS));
    assertArrayEquals(once, Files.readAllBytes(file));
  }

  private static Element parsed(Path file) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(file.toFile())
          .getDocumentElement();
    } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
      throw new AssertionError(e);
    }
  }

  private Rule notWorse(Path baseline, double by) {
    return new Rule(RuleMetric.DICE, "liver", "mskd", Kind.NOT_WORSE_THAN, by, baseline.toString());
  }

  private static Verdict verdict(Rule rule, Optional<Metrics> current) {
    List<Rule> rules = List.of(rule);
    return RuleCheck.of(rules, METRICS, Baselines.read(rules).against(current)).get(0);
  }

  private static Metrics baseline(String model, CaseScore... cases) {
    return new Metrics(
        "test", 2, List.of(ModelScore.of(model, new ModelCost(1, 1, 1000), List.of(cases), 1)));
  }

  /** The liver has 0.90 now and 0.92 in the earlier run. */
  @Test
  void anEarlierRunMayBeBetterByTheMargin() {
    Path earlier = folder.resolve("metrics.json");
    MetricsFile.write(
        earlier,
        baseline("mskd", found("a", "liver", 0.92, 5, 2), found("b", "liver", 0.92, 5, 2)));
    Verdict kept = verdict(notWorse(earlier, 0.02), Optional.empty());
    assertTrue(kept.holds());
    assertEquals("is 0.9 against 0.92, which is worse by 0.02", kept.found());
    assertEquals(
        "dice of liver, mskd: not worse than metrics.json by more than 0.02", kept.rule().title());
    assertFalse(verdict(notWorse(earlier, 0.0199), Optional.empty()).holds());
  }

  /** Distances: smaller is better. */
  @Test
  void ofADistanceAnEarlierRunMayBeSmallerByTheMargin() {
    Path earlier = folder.resolve("distances.json");
    MetricsFile.write(
        earlier, baseline("mskd", found("a", "liver", 0.9, 5, 2), found("b", "liver", 0.9, 5, 2)));
    Rule rule =
        new Rule(RuleMetric.HD95, "liver", "mskd", Kind.NOT_WORSE_THAN, 0.5, earlier.toString());
    assertTrue(verdict(rule, Optional.empty()).holds(), "5.5 mm against 5 mm");
    Rule strict =
        new Rule(RuleMetric.HD95, "liver", "mskd", Kind.NOT_WORSE_THAN, 0.4, earlier.toString());
    assertFalse(verdict(strict, Optional.empty()).holds());
  }

  @Test
  void otherCasesOrNoScoresAreNotMet() {
    Path earlier = folder.resolve("other.json");
    MetricsFile.write(earlier, baseline("mskd", found("a", "liver", 0.1, 5, 2)));
    Verdict other = verdict(notWorse(earlier, 1), Optional.empty());
    assertFalse(other.holds());
    assertEquals("the kept run was scored on other cases", other.found());
    MetricsFile.write(earlier, baseline("pann", found("a", "liver", 0.1, 5, 2)));
    assertEquals(
        "there are no scores of mskd in the kept run",
        verdict(notWorse(earlier, 1), Optional.empty()).found());
  }

  /** In a lock, cases are named by digests, so the scores of this run's lock are compared. */
  @Test
  void casesOfALockAreKnownByTheirDigests() {
    Path lock = folder.resolve("mskd.lock.json");
    Metrics kept =
        baseline("mskd", found("d1", "liver", 0.8, 5, 2), found("d2", "liver", 0.8, 5, 2));
    LockFile.write(
        lock,
        new ExperimentLock(
            new TreeMap<>(),
            new LockedEnvironment(new TreeMap<>(), new TreeMap<>(), new TreeMap<>()),
            Optional.of(kept),
            new TreeMap<>(),
            new TreeMap<>()));
    assertTrue(verdict(notWorse(lock, 0), Optional.of(kept)).holds());
    assertFalse(
        verdict(notWorse(lock, 0), Optional.of(baseline("mskd", found("d3", "liver", 1, 1, 1))))
            .holds());
  }

  @Test
  void aMissingBaselineIsNamed() {
    Rule rule = notWorse(folder.resolve("gone.json"), 0);
    BadInputException e =
        assertThrows(BadInputException.class, () -> Baselines.read(List.of(rule)));
    assertTrue(e.problem().startsWith("<notWorseThan> of a <rule>: "), e.problem());
    assertTrue(e.problem().contains("gone.json does not exist"), e.problem());
  }

  /** With replicates, rules are about the mean over the seeds: (.9 + .7) / 2. */
  @Test
  void replicatesAreJudgedByTheirMean() {
    List<List<ModelScore>> seeds =
        List.of(
            baseline("mskd", found("a", "liver", 0.9, 5, 2)).models(),
            baseline("mskd", found("a", "liver", 0.7, 5, 2)).models());
    Metrics metrics =
        new Metrics("test", 2, seeds.get(0), Optional.of(SeedScores.of(List.of(1L, 2L), seeds)));
    Rule met = rule(RuleMetric.DICE, "liver", "mskd", Kind.MINIMUM, 0.8);
    assertEquals(
        List.of(new Verdict(met, true, "is 0.8 (mean of 2 seeds)")),
        RuleCheck.of(List.of(met), metrics));
    Rule violated = rule(RuleMetric.DICE, Rule.MEAN, "mskd", Kind.MINIMUM, 0.81);
    assertFalse(RuleCheck.of(List.of(violated), metrics).get(0).holds());
    Rule unknown = rule(RuleMetric.DICE, "kidney", "mskd", Kind.MINIMUM, 0);
    assertFalse(RuleCheck.of(List.of(unknown), metrics).get(0).holds());
  }

  /** A miss in one seed makes a distance larger, which must not satisfy a minimum. */
  @Test
  void aMissInAnyReplicateFailsAMinimumOfADistance() {
    List<List<ModelScore>> seeds =
        List.of(
            baseline("mskd", found("a", "liver", 0.9, 5, 2)).models(),
            baseline("mskd", missed("a", "liver")).models());
    Metrics metrics =
        new Metrics("test", 2, seeds.get(0), Optional.of(SeedScores.of(List.of(1L, 2L), seeds)));
    Rule rule = rule(RuleMetric.HD95, "liver", "mskd", Kind.MINIMUM, 1);
    Verdict verdict = RuleCheck.of(List.of(rule), metrics).get(0);
    assertFalse(verdict.holds());
    assertTrue(verdict.found().contains("missed in some cases"), verdict.found());
  }
}
