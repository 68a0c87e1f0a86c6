package org.mskd.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mskd.evaluation.ModelScore;
import org.mskd.report.content.CaseFinding;
import org.mskd.report.content.CaseMeans;
import org.mskd.report.content.ReportContent;
import org.mskd.report.picture.CasePictures;

/** The cases and findings of the first page, with links to the cases' pages. */
final class CaseViews {
  private final ReportContent content;
  private final Optional<ModelScore> shown;
  private final List<String> cases;
  private final Map<String, CasePictures> pictures;

  /**
   * @param shown the model whose Dice cases are listed with
   * @param cases in the order of their pages
   */
  CaseViews(
      ReportContent content,
      Optional<ModelScore> shown,
      List<String> cases,
      Map<String, CasePictures> pictures) {
    this.content = content;
    this.shown = shown;
    this.cases = cases;
    this.pictures = pictures;
  }

  FindingView finding(CaseFinding finding) {
    String folder = "cases/" + number(finding.caseId());
    Optional<CasePictures> drawn = Optional.ofNullable(pictures.get(finding.caseId()));
    String model = shown.map(ModelScore::name).orElse("");
    return new FindingView(
        finding.headline(),
        finding.detail(),
        folder + ".html",
        finding.organ(),
        drawn.map(some -> some.strips().get(model)).map(file -> folder + "/" + file).orElse(""),
        "%s in %s; the outlines are the reference".formatted(model, finding.caseId()));
  }

  private int number(String id) {
    return cases.indexOf(id) + 1;
  }

  List<String> headings() {
    List<String> headings = new ArrayList<>(List.of("mean Dice"));
    headings.addAll(content.organs());
    return headings;
  }

  List<CaseView> cases() {
    List<CaseView> views = new ArrayList<>();
    for (String id : cases) {
      List<Cell> cells = new ArrayList<>();
      cells.add(cell(CaseMeans.of(shown.orElseThrow(), id, content.organs())));
      for (String organ : content.organs()) {
        cells.add(cell(CaseMeans.of(shown.orElseThrow(), id, organ)));
      }
      boolean last = number(id) == cases.size() && cases.size() > 1;
      String rank = number(id) == 1 ? "lowest" : last ? "highest" : "";
      views.add(new CaseView(id, "cases/" + number(id) + ".html", rank, cells));
    }
    return views;
  }

  private static Cell cell(OptionalDouble dice) {
    return new Cell(Numbers.fixed(dice, 3), Numbers.key(dice));
  }
}
