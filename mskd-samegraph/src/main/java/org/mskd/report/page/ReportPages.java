package org.mskd.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mskd.evaluation.ModelScore;
import org.mskd.report.content.CaseFinding;
import org.mskd.report.content.CaseFindings;
import org.mskd.report.content.CaseMeans;
import org.mskd.report.content.ReportContent;
import org.mskd.report.picture.CasePictures;

/**
 * The pages of a report, and how cases are numbered: the case with the lowest mean Dice of the best
 * student is number 1.
 */
public final class ReportPages {
  private final ReportContent content;
  private final String teachers;
  private final List<CaseFinding> findings;
  private final List<String> cases;

  /**
   * @param teachers the name of the merged teachers among the models
   */
  public ReportPages(ReportContent content, String teachers) {
    this.content = content;
    this.teachers = teachers;
    this.findings = CaseFindings.of(content);
    this.cases =
        CaseFindings.caseIds(content.models()).stream()
            .sorted(Comparator.comparingDouble(id -> mean(id).orElse(2)))
            .toList();
  }

  private OptionalDouble mean(String id) {
    return shown()
        .map(model -> CaseMeans.of(model, id, content.organs()))
        .orElse(OptionalDouble.empty());
  }

  /** The model whose Dice cases are ordered by: the best student; empty without scores. */
  public Optional<ModelScore> shown() {
    return content.bestStudent(teachers).or(() -> content.models().stream().findFirst());
  }

  /** The cases, the lowest mean Dice first. */
  public List<String> cases() {
    return cases;
  }

  /** The first page. */
  public String index(Map<String, CasePictures> pictures, List<ChartView> charts, String note) {
    CaseViews views = new CaseViews(content, shown(), cases, pictures);
    return Templates.page("index", new IndexViews(content, findings, views).page(charts, note));
  }

  /**
   * The page of a case.
   *
   * @param number its position in {@link #cases}, from 1
   * @param note why pictures are missing; empty if none is
   */
  public String casePage(int number, Optional<CasePictures> pictures, String note) {
    String id = cases.get(number - 1);
    List<CaseFinding> own = new ArrayList<>(findings);
    own.removeIf(finding -> !finding.caseId().equals(id));
    return Templates.page(
        "case", CasePages.of(content, id, number, cases.size(), own, pictures, note));
  }
}
