package org.mskd.report.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.CaseScores;
import org.mskd.report.ReportContents;

class CaseFindingsTest {
  /** A kidney that is lost in one scan, and a pancreas that is difficult in all. */
  private static List<CaseScore> lostKidney(double kidney) {
    List<CaseScore> scores = new ArrayList<>();
    double[] kidneys = {0.92, 0.90, kidney, 0.91};
    double[] pancreas = {0.10, 0.05, 0.12, 0.02};
    for (int i = 0; i < 4; i++) {
      scores.add(CaseScores.found("abd" + i, "kidney", kidneys[i], 5, 1));
      scores.add(CaseScores.found("abd" + i, "pancreas", pancreas[i], 20, 5));
    }
    return scores;
  }

  @Test
  void aLostOrganComesBeforeAnOrganThatIsDifficultInAllCases() {
    ReportContent content =
        ReportContents.of(
            List.of("kidney", "pancreas"),
            ReportContents.model("teachers", lostKidney(0.19)),
            ReportContents.model("mskd", lostKidney(0.31)));
    List<CaseFinding> findings = CaseFindings.of(content);
    assertEquals(1, findings.size());
    CaseFinding kidney = findings.get(0);
    assertEquals("abd2", kidney.caseId());
    assertEquals("kidney", kidney.organ());
    assertEquals(
        "abd2: the Dice of the kidney is far below the other cases in all 2 models",
        kidney.headline());
    assertEquals(
        "Dice, in parentheses the median of the other cases: mskd 0.310 (0.910),"
            + " teachers 0.190 (0.910).",
        kidney.detail());
  }

  @Test
  void anotherContrastThanInTrainingIsAPossibleReason() {
    ReportContent content =
        ReportContents.withContrast(
            ReportContents.of(
                List.of("kidney", "pancreas"), ReportContents.model("mskd", lostKidney(0.31))),
            "kidney",
            List.of(98.0, 131.0),
            "abd2",
            172);
    assertTrue(
        CaseFindings.of(content)
            .get(0)
            .detail()
            .endsWith(
                " A possible reason: the kidney is brighter here (mean 172 HU) than in all 2"
                    + " training scans of its single-organ data set (98 to 131 HU); the scan may be"
                    + " of another contrast phase."));
    ReportContent same =
        ReportContents.withContrast(content, "kidney", List.of(98.0, 131.0), "abd2", 139);
    assertFalse(CaseFindings.of(same).get(0).detail().contains("reason"), "within 10 HU");
  }

  @Test
  void farPartsAndFalsePositivesAreFound() {
    List<CaseScore> scores =
        List.of(
            CaseScores.found("a", "liver", 0.9, 45, 3),
            CaseScores.found("b", "liver", 0.9, 39, 3),
            CaseScores.found("c", "liver", 0.69, 90, 3),
            CaseScores.falsePositive("a", "spleen", 0.9),
            CaseScores.falsePositive("b", "spleen", 12));
    List<CaseFinding> findings =
        CaseFindings.of(
            ReportContents.of(List.of("liver", "spleen"), ReportContents.model("mskd", scores)));
    List<String> far =
        findings.stream().map(finding -> finding.caseId() + " " + finding.organ()).toList();
    assertTrue(far.contains("a liver"), far.toString());
    assertTrue(far.contains("b spleen"), far.toString());
    assertFalse(far.contains("b liver"), far.toString());
    assertFalse(far.contains("a spleen"), "less than 1 ml");
  }

  @Test
  void twoCasesShowNoOutlier() {
    List<CaseScore> scores =
        List.of(
            CaseScores.found("a", "liver", 0.9, 3, 1), CaseScores.found("b", "liver", 0.1, 3, 1));
    assertEquals(
        List.of(),
        CaseFindings.of(ReportContents.of(List.of("liver"), ReportContents.model("mskd", scores))));
  }

  @Test
  void atMostEightAreShownTheLargestDropFirst() {
    List<CaseScore> scores =
        Stream.iterate(0, i -> i < 30, i -> i + 1)
            .map(i -> CaseScores.found("c" + i, "liver", i < 16 ? 0.95 : 0.7 - 0.01 * i, 3, 1))
            .toList();
    List<CaseFinding> findings =
        CaseFindings.of(ReportContents.of(List.of("liver"), ReportContents.model("mskd", scores)));
    assertEquals(8, findings.size());
    assertEquals("c29", findings.get(0).caseId());
  }
}
