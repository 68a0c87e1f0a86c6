package org.mskd.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.ModelScore;
import org.mskd.report.content.CaseFinding;
import org.mskd.report.content.ReportContent;
import org.mskd.report.picture.CasePainter;
import org.mskd.report.picture.CasePictures;
import org.mskd.report.picture.ChosenSlice;

/** Turns the scores and pictures of a case into the view of its page. */
final class CasePages {
  private CasePages() {}

  private static final List<String> HEADINGS =
      List.of("organ", "Dice", "surface Dice", "HD95, mm", "predicted, ml", "reference, ml");

  private static final int GAP = 4;

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
    return "slice %d: %s".formatted(slice.z() + 1, slice.why());
  }

  private static String viewerNote(CasePictures drawn) {
    return drawn.viewerSlices() == drawn.scanSlices()
        ? "All %d slices.".formatted(drawn.scanSlices())
        : ("%d of %d slices: those of the strips, and others at equal distances."
                + " -Dmskd.reportImages=all shows all.")
            .formatted(drawn.viewerSlices(), drawn.scanSlices());
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
    String predicted = Numbers.fixed(score.predictedMl(), 1);
    return List.of(
        new Cell(score.organ(), "0"),
        new Cell(
            Numbers.fixed(score.dice(), 3)
                + (score.missed() ? " missed" : score.falsePositive() ? " false positive" : ""),
            Numbers.key(score.dice())),
        new Cell(Numbers.fixed(score.surfaceDice(), 3), Numbers.key(score.surfaceDice())),
        new Cell(Numbers.fixed(score.hd95Mm(), 1), Numbers.key(score.hd95Mm())),
        Cell.of(predicted, score.predictedMl()),
        Cell.of(Numbers.fixed(score.referenceMl(), 1), score.referenceMl()));
  }

  private static Optional<CaseScore> score(ModelScore model, String id, String organ) {
    return model.cases().stream()
        .filter(score -> score.id().equals(id) && score.organ().equals(organ))
        .findFirst();
  }

  private static List<CasePage.StripView> strips(
      ReportContent content, String id, int number, CasePictures drawn) {
    List<CasePage.StripView> strips = new ArrayList<>();
    int width = drawn.slices().size() * (drawn.width() + GAP) - GAP;
    List<String> names = new ArrayList<>(List.of(CasePainter.REFERENCE));
    content.models().forEach(model -> names.add(model.name()));
    for (String name : names) {
      String file = drawn.strips().get(name);
      if (file != null) {
        String scores = scores(content, name, id);
        strips.add(
            new CasePage.StripView(
                name,
                number + "/" + file,
                width,
                drawn.height(),
                "%s in %s. %s".formatted(name, id, scores),
                scores));
      }
    }
    return strips;
  }

  /** {@code liver 0.93, spleen 0.88}; empty for the reference. */
  private static String scores(ReportContent content, String name, String id) {
    return content.models().stream()
        .filter(model -> model.name().equals(name))
        .flatMap(
            model ->
                content.organs().stream()
                    .flatMap(organ -> score(model, id, organ).stream())
                    .filter(score -> score.dice().isPresent()))
        .map(score -> score.organ() + " " + fixed(score.dice()))
        .reduce((all, one) -> all + ", " + one)
        .orElse("");
  }

  private static String fixed(OptionalDouble dice) {
    return Numbers.fixed(dice, 2);
  }
}
