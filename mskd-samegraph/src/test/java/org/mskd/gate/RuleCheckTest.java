package org.mskd.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.Rule;
import org.mskd.experiment.Rule.Kind;
import org.mskd.experiment.RuleMetric;
import org.mskd.problem.BadInputException;
import org.w3c.dom.Element;

/** Two cases; all means by hand. */
class RuleCheckTest {
  @TempDir Path folder;

  private static CaseScore score(String id, String organ, double dice, double hd95, double assd) {
    return new CaseScore(
        id, organ, OptionalDouble.of(dice), OptionalDouble.of(hd95), OptionalDouble.of(assd));
  }

  /** An organ that the reference has and the method does not: no surface to measure from. */
  private static CaseScore missed(String id, String organ) {
    return new CaseScore(
        id, organ, OptionalDouble.of(0), OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** An organ that neither has. */
  private static CaseScore absent(String id, String organ) {
    return new CaseScore(
        id, organ, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static final Metrics METRICS =
      new Metrics(
          "test",
          List.of(
              ModelScore.of(
                  "teachers",
                  3,
                  List.of(
                      score("a", "liver", 0.88, 6, 2),
                      score("b", "liver", 0.90, 8, 4),
                      score("a", "spleen", 0.70, 4, 1),
                      score("b", "spleen", 0.80, 4, 1),
                      absent("a", "kidney"))),
              ModelScore.of(
                  "mskd",
                  1,
                  List.of(
                      score("a", "liver", 0.89, 5, 2),
                      score("b", "liver", 0.91, 6, 2),
                      score("a", "spleen", 0.60, 3, 1),
                      missed("b", "spleen"),
                      absent("a", "kidney")))));

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

  /** Else a method that finds an organ only where it is easy would be the better one. */
  @Test
  void whatHasNoValueDoesNotPass() {
    for (Kind kind : Kind.values()) {
      assertVerdict(
          false,
          "undefined: mskd found no spleen in 1 cases",
          rule(RuleMetric.HD95, "spleen", "mskd", kind, 0));
      assertVerdict(
          false,
          "undefined: mskd found no spleen in 1 cases",
          rule(RuleMetric.ASSD, Rule.MEAN, "mskd", kind, 0));
      assertVerdict(
          false,
          "mskd has no value for kidney in the test set",
          rule(RuleMetric.DICE, "kidney", "mskd", kind, 0));
      assertVerdict(
          false, "there are no scores of mine", rule(RuleMetric.DICE, "liver", "mine", kind, 0));
    }
    assertVerdict(
        false,
        "undefined: mskd found no spleen in 1 cases",
        rule(RuleMetric.HD95, "spleen", "teachers", Kind.BETTER_THAN, 0));
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
}
