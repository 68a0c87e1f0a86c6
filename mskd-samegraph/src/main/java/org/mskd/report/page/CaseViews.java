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
    int model = content.models().stream().map(ModelScore::name).toList().indexOf(finding.model());
    int organ = content.organs().indexOf(finding.organ());
    return new FindingView(
        finding.headline(),
        finding.detail(),
        // The viewer opens the organ's slice with the errors of the model.
        folder + ".html#organ-" + (organ + 1) + "-model-" + (model + 1),
        finding.organ(),
        Optional.ofNullable(pictures.get(finding.caseId()))
            .flatMap(drawn -> drawn.strip(model))
            .map(file -> folder + "/" + file)
            .orElse(""),
        "%s in %s; the outlines are the reference".formatted(finding.model(), finding.caseId()));
  }

  private int number(String id) {
    return cases.indexOf(id) + 1;
  }

  /** The model whose Dice cases are listed with; empty without scores. */
  String model() {
    return shown.map(ModelScore::name).orElse("");
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
      String rank = id.equals(lowest()) ? "lowest" : id.equals(highest()) ? "highest" : "";
      views.add(new CaseView(id, "cases/" + number(id) + ".html", rank, cells));
    }
    return views;
  }

  /** The case with the lowest mean Dice. */
  private String lowest() {
    return scored().isEmpty() ? "" : scored().get(0);
  }

  /** The case with the highest mean Dice; empty if there is no other. */
  private String highest() {
    return scored().size() < 2 ? "" : scored().get(scored().size() - 1);
  }

  private List<String> scored() {
    return cases.stream()
        .filter(id -> CaseMeans.of(shown.orElseThrow(), id, content.organs()).isPresent())
        .toList();
  }

  /** The cases with the lowest and the highest mean, for a sentence above all of them. */
  List<CaseView> extremes() {
    return cases().stream().filter(view -> !view.rank().isEmpty()).toList();
  }

  private static Cell cell(OptionalDouble dice) {
    return Cell.of(dice, 3);
  }
}
