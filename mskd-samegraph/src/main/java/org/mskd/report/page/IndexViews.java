package org.mskd.report.page;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.OrganScore;
import org.mskd.evaluation.SeedScores;
import org.mskd.evaluation.SeedSpread;
import org.mskd.report.content.CaseFinding;
import org.mskd.report.content.CaseMeans;
import org.mskd.report.content.NetworkCurves;
import org.mskd.report.content.ReportContent;
import org.mskd.report.picture.CasePictures;

/** Turns the content of a report into the view of its first page. */
final class IndexViews {
  /** The model that others are compared with. */
  private static final String REFERENCE = "mskd";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final ReportContent content;
  private final Optional<ModelScore> shown;
  private final List<CaseFinding> findings;
  private final List<String> cases;
  private final Map<String, CasePictures> pictures;

  /**
   * @param shown the model whose Dice cases are listed with
   */
  IndexViews(
      ReportContent content,
      Optional<ModelScore> shown,
      List<CaseFinding> findings,
      List<String> cases,
      Map<String, CasePictures> pictures) {
    this.content = content;
    this.shown = shown;
    this.findings = findings;
    this.cases = cases;
    this.pictures = pictures;
  }

  /**
   * The view.
   *
   * @param charts of the organs, then of the networks
   * @param note which pictures there are
   */
  IndexPage page(List<ChartView> charts, String note) {
    int organs = content.models().isEmpty() ? 0 : content.organs().size();
    List<IndexPage.NetworkView> networks = new ArrayList<>();
    for (int i = 0; i < content.networks().size(); i++) {
      networks.add(network(content.networks().get(i), charts.get(organs + i)));
    }
    Optional<ModelScore> reference =
        content.models().size() < 2
            ? Optional.empty()
            : content.models().stream().filter(one -> one.name().equals(REFERENCE)).findFirst();
    return new IndexPage(
        content.name(),
        "",
        "%s, mskd %s".formatted(DATE.format(content.made()), content.version()),
        verdict(),
        findings.stream().map(this::finding).toList(),
        ScoreRow.headings(content, reference),
        content.models().stream().map(model -> ScoreRow.of(model, content, reference)).toList(),
        scoresNote(reference),
        seeds(),
        seedHeadings(),
        charts.subList(0, organs),
        caseHeadings(),
        shown.map(ModelScore::name).orElse(""),
        cases(),
        networks,
        DataRow.HEADINGS,
        content.training().stream().flatMap(set -> DataRow.of(set).stream()).toList(),
        content.warnings(),
        content.stages(),
        named(content.parameters()),
        named(content.environment()),
        files(),
        note);
  }

  private List<String> verdict() {
    List<String> sentences = new ArrayList<>();
    for (ModelScore model : content.models().stream().limit(2).toList()) {
      String interval = Numbers.interval(model.mean().of(Metric.DICE));
      sentences.add(
          "%s: mean Dice %s%s, %s per slice."
              .formatted(
                  model.name(),
                  Numbers.fixed(model.meanDice(), 3),
                  interval.isEmpty() ? "" : " (95 % interval " + interval + ")",
                  model.cost().passes() == 1 ? "1 pass" : model.cost().passes() + " passes"));
    }
    for (ModelScore model : content.models()) {
      List<String> missed =
          content.organs().stream().filter(organ -> isMissedEverywhere(model, organ)).toList();
      if (!missed.isEmpty()) {
        sentences.add(
            "%s predicts no %s in any case."
                .formatted(model.name(), String.join(" and no ", missed)));
      }
    }
    return sentences;
  }

  private static boolean isMissedEverywhere(ModelScore model, String organ) {
    OrganScore score = model.organs().get(organ);
    return score != null && score.cases() > 0 && score.missed() == score.cases();
  }

  private static String scoresNote(Optional<ModelScore> reference) {
    return "Dice as mean ± standard deviation over the cases; surface Dice and HD95 as means over"
        + " the organs, where HD95 counts a missed organ as the diagonal of the volume."
        + reference
            .map(
                model ->
                    " The difference to %s is paired by case, with a 95 %% bootstrap interval."
                        .formatted(model.name()))
            .orElse("");
  }

  private List<String> seedHeadings() {
    List<String> headings = new ArrayList<>(List.of("model"));
    headings.addAll(content.organs());
    headings.add(SeedScores.MEAN);
    return headings;
  }

  private List<List<String>> seeds() {
    List<List<String>> rows = new ArrayList<>();
    Optional<SeedScores> seeds = content.metrics().flatMap(metrics -> metrics.replicates());
    for (ModelScore model : seeds.isPresent() ? content.models() : List.<ModelScore>of()) {
      List<String> row = new ArrayList<>(List.of(model.name()));
      for (String organ : seedHeadings().subList(1, seedHeadings().size())) {
        row.add(
            seeds
                .get()
                .of(model.name(), organ, Metric.DICE.key())
                .map(IndexViews::spread)
                .orElse(Numbers.UNDEFINED));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String spread(SeedSpread spread) {
    return Numbers.fixed(spread.mean(), 3) + " ± " + Numbers.fixed(spread.sd(), 3);
  }

  private FindingView finding(CaseFinding finding) {
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

  private List<String> caseHeadings() {
    List<String> headings = new ArrayList<>(List.of("mean Dice"));
    headings.addAll(content.organs());
    return headings;
  }

  private List<CaseView> cases() {
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

  private static IndexPage.NetworkView network(NetworkCurves network, ChartView chart) {
    return new IndexPage.NetworkView(
        network.title(),
        chart,
        network.table(),
        "%d iterations.".formatted(network.curves().iterations()));
  }

  private static List<IndexPage.NamedValue> named(SortedMap<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> new IndexPage.NamedValue(entry.getKey(), entry.getValue()))
        .toList();
  }

  private List<IndexPage.FileLink> files() {
    return content.metrics().isEmpty()
        ? List.of()
        : List.of(
            new IndexPage.FileLink("data/metrics.json", "all scores as JSON"),
            new IndexPage.FileLink("data/cases.csv", "scores of each case as a table"),
            new IndexPage.FileLink("data/summary.csv", "means and intervals as a table"));
  }
}
