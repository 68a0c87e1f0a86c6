package org.mskd.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.ModelScore;
import org.mskd.report.content.CaseFinding;
import org.mskd.report.content.ReportContent;
import org.mskd.report.picture.CasePictures;
import org.mskd.report.picture.ChosenSlice;
import org.mskd.report.picture.DrawnStrip;

/** Turns the scores and pictures of a case into the view of its page. */
final class CasePages {
  private static final List<String> HEADINGS =
      List.of("organ", "Dice", "surface Dice", "HD95, mm", "predicted, ml", "reference, ml");

  private CasePages() {}

  /**
   * @param number of the case's folder
   * @param findings of this case
   */
  static CasePage of(
      ReportContent content,
      String id,
      int number,
      int cases,
      List<CaseFinding> findings,
      Optional<CasePictures> pictures,
      String note) {
    List<CasePage.OrganColour> organs = new ArrayList<>();
    for (int i = 1; i <= content.organs().size(); i++) {
      organs.add(new CasePage.OrganColour(content.organs().get(i - 1), i));
    }
    return new CasePage(
        id,
        "../",
        id,
        number > 1 ? (number - 1) + ".html" : "",
        number < cases ? (number + 1) + ".html" : "",
        findings,
        organs,
        HEADINGS,
        rows(content, id),
        pictures.map(drawn -> strips(content, id, number, drawn)).orElse(List.of()),
        pictures
            .map(drawn -> drawn.slices().stream().map(CasePages::column).toList())
            .orElse(List.of()),
        pictures.flatMap(CasePictures::viewer).map(file -> number + "/" + file).orElse(""),
        pictures.map(CasePages::viewerNote).orElse(""),
        note);
  }

  private static String column(ChosenSlice slice) {
    return "slice " + (slice.z() + 1) + ": " + slice.why();
  }

  private static String viewerNote(CasePictures drawn) {
    if (drawn.viewerSlices() == drawn.scanSlices()) {
      return "All " + drawn.scanSlices() + " slices, counted from the feet.";
    }
    return drawn.viewerSlices()
        + " of "
        + drawn.scanSlices()
        + " slices, counted from the feet: those of the strips, and others at equal distances. "
        + (drawn.cut()
            ? "All would take more than <reportSize>."
            : "-Dmskd.reportImages=all shows all.");
  }

  private static List<CasePage.NamedRow> rows(ReportContent content, String id) {
    List<CasePage.NamedRow> rows = new ArrayList<>();
    for (String organ : content.organs()) {
      for (ModelScore model : content.models()) {
        score(model, id, organ)
            .ifPresent(score -> rows.add(new CasePage.NamedRow(model.name(), cells(score))));
      }
    }
    return rows;
  }

  private static List<Cell> cells(CaseScore score) {
    return List.of(
        Cell.text(score.organ()),
        Cell.of(
            Numbers.fixed(score.dice(), 3)
                + (score.missed() ? " missed" : score.falsePositive() ? " false positive" : ""),
            score.dice()),
        Cell.of(score.surfaceDice(), 3),
        Cell.of(score.hd95Mm(), 1),
        Cell.of(Numbers.fixed(score.predictedMl(), 1), score.predictedMl()),
        Cell.of(Numbers.fixed(score.referenceMl(), 1), score.referenceMl()));
  }

  private static Optional<CaseScore> score(ModelScore model, String id, String organ) {
    return model.cases().stream()
        .filter(score -> score.id().equals(id) && score.organ().equals(organ))
        .findFirst();
  }

  private static List<CasePage.StripView> strips(
      ReportContent content, String id, int number, CasePictures drawn) {
    return drawn.strips().stream()
        .map(
            strip -> {
              boolean reference = strip.model() == DrawnStrip.REFERENCE;
              String name = reference ? "reference" : content.models().get(strip.model()).name();
              String scores = reference ? "" : scores(content, strip.model(), id);
              return new CasePage.StripView(
                  name,
                  number + "/" + strip.file(),
                  drawn.width(),
                  drawn.height(),
                  "%s in %s. %s".formatted(name, id, scores),
                  scores);
            })
        .toList();
  }

  /** {@code liver 0.93, spleen 0.88}. */
  private static String scores(ReportContent content, int model, String id) {
    return content.organs().stream()
        .flatMap(organ -> score(content.models().get(model), id, organ).stream())
        .filter(score -> score.dice().isPresent())
        .map(score -> score.organ() + " " + Numbers.fixed(score.dice(), 2))
        .collect(Collectors.joining(", "));
  }
}
