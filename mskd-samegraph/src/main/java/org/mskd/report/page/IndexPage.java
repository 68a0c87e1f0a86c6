package org.mskd.report.page;

import java.util.List;
import org.mskd.report.content.StageLine;

/**
 * The first page.
 *
 * @param title of the page
 * @param root the report's folder, relative to the page
 * @param made when, and by which version
 * @param verdict sentences about the scores
 * @param findings the cases to look at first
 * @param headings of the scores
 * @param scores a row per model
 * @param scoresNote under the scores
 * @param seeds scores over several seeds; may be empty
 * @param seedHeadings of these
 * @param boxes a chart per organ
 * @param caseHeadings of the cases
 * @param caseModel whose Dice the cases are listed with
 * @param extremes the cases with the lowest and the highest mean Dice
 * @param cases the lowest mean Dice first
 * @param networks the trainings
 * @param dataHeadings of the data
 * @param data a row per set and organ
 * @param notices about the results as a whole
 * @param warnings of all stages
 * @param stages with what the run did with them
 * @param parameters name and value
 * @param environment name and value
 * @param files links to files of the scores
 * @param picturesNote what pictures there are
 */
record IndexPage(
    String title,
    String root,
    String made,
    List<String> verdict,
    List<FindingView> findings,
    List<String> headings,
    List<ScoreRow> scores,
    String scoresNote,
    List<List<String>> seeds,
    List<String> seedHeadings,
    List<ChartView> boxes,
    List<String> caseHeadings,
    String caseModel,
    List<CaseView> extremes,
    List<CaseView> cases,
    List<NetworkView> networks,
    List<String> dataHeadings,
    List<DataRow> data,
    List<String> notices,
    List<String> warnings,
    List<StageLine> stages,
    List<NamedValue> parameters,
    List<NamedValue> environment,
    List<FileLink> files,
    String picturesNote) {

  /** A training: its chart, and its history as a table. */
  record NetworkView(String title, ChartView chart, String table, String summary) {}

  /** A parameter. */
  record NamedValue(String name, String value) {}

  /** A file beside the report. */
  record FileLink(String path, String what) {}

  boolean hasFindings() {
    return !findings.isEmpty();
  }

  boolean hasScores() {
    return !scores.isEmpty();
  }

  boolean hasSeeds() {
    return !seeds.isEmpty();
  }

  boolean hasNetworks() {
    return !networks.isEmpty();
  }

  boolean hasWarnings() {
    return !warnings.isEmpty();
  }
}
