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

/**
 * The page of a case.
 *
 * @param title of the page
 * @param root the report's folder, relative to the page
 * @param id of the case
 * @param previous page of the case before it; may be empty
 * @param next page of the case after it; may be empty
 * @param findings of the case
 * @param organs with their colours
 * @param headings of the scores
 * @param rows a row per model and organ
 * @param strips of the reference and the models
 * @param columns what each column of the strips shows
 * @param viewer the script with the slices; empty if there is none
 * @param viewerNote which slices it has
 * @param note why pictures are missing; empty if none is
 */
record CasePage(
    String title,
    String root,
    String id,
    String previous,
    String next,
    List<CaseFinding> findings,
    List<OrganColour> organs,
    List<String> headings,
    List<NamedRow> rows,
    List<StripView> strips,
    List<String> columns,
    String viewer,
    String viewerNote,
    String note) {

  /** An organ and the number of its colour. */
  record OrganColour(String name, int number) {}

  /** A row with a name. */
  record NamedRow(String name, List<Cell> cells) {}

  /** A strip of slices. */
  record StripView(String name, String file, int width, int height, String alt, String scores) {}

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
    List<OrganColour> organs = new ArrayList<>();
    for (int i = 1; i <= content.organs().size(); i++) {
      organs.add(new OrganColour(content.organs().get(i - 1), i));
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
            .map(drawn -> drawn.slices().stream().map(CasePage::column).toList())
            .orElse(List.of()),
        pictures.flatMap(CasePictures::viewer).map(file -> number + "/" + file).orElse(""),
        pictures.map(CasePage::viewerNote).orElse(""),
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

  private static List<NamedRow> rows(ReportContent content, String id) {
    List<NamedRow> rows = new ArrayList<>();
    for (String organ : content.organs()) {
      for (ModelScore model : content.models()) {
        score(model, id, organ)
            .ifPresent(score -> rows.add(new NamedRow(model.name(), cells(score))));
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

  private static List<StripView> strips(
      ReportContent content, String id, int number, CasePictures drawn) {
    List<StripView> strips = new ArrayList<>();
    int width = drawn.slices().size() * (drawn.width() + GAP) - GAP;
    List<String> names = new ArrayList<>(List.of(CasePainter.REFERENCE));
    content.models().forEach(model -> names.add(model.name()));
    for (String name : names) {
      String file = drawn.strips().get(name);
      if (file != null) {
        String scores = scores(content, name, id);
        strips.add(
            new StripView(
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
