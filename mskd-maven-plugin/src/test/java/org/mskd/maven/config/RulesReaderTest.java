package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Rule;
import org.mskd.experiment.Rule.Kind;
import org.mskd.experiment.RuleMetric;
import org.mskd.problem.BadInputException;

class RulesReaderTest {
  private static final String DATA =
      "<datasets>"
          + "<dataset><organ>liver</organ><directory>liver</directory></dataset>"
          + "<dataset><organ>spleen</organ><directory>spleen</directory></dataset>"
          + "</datasets>"
          + "<methods><method><name>mine</name></method>"
          + "<method><name>mskd-logits</name></method></methods>";

  private static List<Rule> read(String... rules) {
    StringBuilder pom = new StringBuilder(DATA + "<rules>");
    for (String rule : rules) {
      pom.append("<rule>").append(rule).append("</rule>");
    }
    return new ExperimentReader(Pom.section(pom.append("</rules>").toString()))
        .experiment()
        .rules();
  }

  private static void refused(String message, String... rules) {
    String text = assertThrows(BadInputException.class, () -> read(rules)).getMessage();
    assertTrue(text.contains(message), text);
  }

  @Test
  void everyBoundIsRead() {
    assertEquals(
        List.of(
            new Rule(RuleMetric.DICE, "liver", "mskd-logits", Kind.MINIMUM, 0.9, ""),
            new Rule(RuleMetric.HD95, Rule.MEAN, "mine", Kind.MAXIMUM, 12, ""),
            new Rule(RuleMetric.HD95, "spleen", "mine", Kind.BETTER_THAN, 0, "teachers"),
            new Rule(RuleMetric.SURFACE_DICE, "mean", "mine", Kind.MINIMUM, 0.8, ""),
            new Rule(RuleMetric.ABSOLUTE_VOLUME_DIFFERENCE, "liver", "mine", Kind.MAXIMUM, 40, ""),
            new Rule(RuleMetric.MISSED, "mean", "mine", Kind.MAXIMUM, 0, ""),
            new Rule(RuleMetric.ASSD, "mean", "teachers", Kind.BETTER_THAN, 0.5, "mine")),
        read(
            "<metric>dice</metric><organ>liver</organ><method>mskd-logits</method>"
                + "<minimum>0.9</minimum>",
            "<metric>hd95Mm</metric><maximum>12</maximum>",
            "<metric>hd95</metric><organ>spleen</organ><betterThan>teachers</betterThan>",
            "<metric>surfaceDice</metric><minimum>0.8</minimum>",
            "<metric>absoluteVolumeDifferenceMl</metric><organ>liver</organ><maximum>40</maximum>",
            "<metric>missed</metric><maximum>0</maximum>",
            "<metric>assdMm</metric><method>teachers</method><betterThan>mine</betterThan>"
                + "<by>0.5</by>"));
    Rule kept =
        read("<metric>dice</metric><notWorseThan>mskd.lock.json</notWorseThan><by>0.01</by>")
            .get(0);
    assertEquals(Kind.NOT_WORSE_THAN, kept.kind());
    assertEquals(0.01, kept.limit());
    assertTrue(Path.of(kept.other()).isAbsolute() && kept.other().endsWith("mskd.lock.json"));
    assertEquals(
        List.of(), new ExperimentReader(Pom.section(DATA)).experiment().rules(), "none declared");
  }

  @Test
  void errorsInARuleAreNamed() {
    refused("<rules> is empty");
    refused("<metric>", "<organ>liver</organ><minimum>0.9</minimum>");
    refused(
        "dice, surfaceDice, hd95Mm, assdMm, absoluteVolumeDifferenceMl, missed",
        "<metric>iou</metric><minimum>0.9</minimum>");
    refused("Did you mean liver?", "<metric>dice</metric><organ>lvier</organ><minimum>0</minimum>");
    refused(
        "Allowed is mine, mskd-logits, teachers",
        "<metric>dice</metric><method>yours</method><minimum>0.9</minimum>");
    refused("has no bound", "<metric>dice</metric>");
    refused("exactly one of", "<metric>dice</metric><minimum>0.1</minimum><maximum>0.2</maximum>");
    refused(
        "exactly one of",
        "<metric>dice</metric><notWorseThan>a</notWorseThan><betterThan>teachers</betterThan>");
    refused("<by>", "<metric>dice</metric><notWorseThan>a</notWorseThan><by>2</by>");
    refused("without <betterThan>", "<metric>dice</metric><minimum>0.1</minimum><by>0.2</by>");
    refused("<minimum>", "<metric>dice</metric><minimum>90</minimum>");
    refused("<minimum>", "<metric>dice</metric><minimum>much</minimum>");
    refused("<minimum>", "<metric>surfaceDice</metric><minimum>90</minimum>");
    refused("<maximum>", "<metric>hd95Mm</metric><maximum>-1</maximum>");
    refused(
        "another method than",
        "<metric>dice</metric><method>mine</method><betterThan>mine</betterThan>");
    refused("2", "<metric>dice</metric><minimum>0.1</minimum>", "<metric>iou</metric>");
  }
}
