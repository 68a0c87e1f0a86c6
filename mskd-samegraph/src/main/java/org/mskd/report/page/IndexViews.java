package org.mskd.report.page;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelScore;
import org.mskd.report.content.CaseFinding;
import org.mskd.report.content.DataSetFacts;
import org.mskd.report.content.NetworkCurves;
import org.mskd.report.content.ReportContent;

/** Turns the content of a report into the view of its first page. */
final class IndexViews {
  /** The model that others are compared with. */
  private static final String REFERENCE = "mskd";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final ReportContent content;
  private final List<CaseFinding> findings;
  private final CaseViews views;

  IndexViews(ReportContent content, List<CaseFinding> findings, CaseViews views) {
    this.content = content;
    this.findings = findings;
    this.views = views;
  }

  /**
   * The view.
   *
   * @param charts of the organs, then of the networks
   * @param note which pictures there are
   */
  IndexPage page(List<ChartView> charts, String note) {
    int organs = content.scoredOrgans().size();
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
        ScoreSentences.of(content),
        findings.stream().map(views::finding).toList(),
        ScoreRow.headings(content, reference),
        content.models().stream().map(model -> ScoreRow.of(model, content, reference)).toList(),
        scoresNote(reference),
        SeedRows.of(content),
        SeedRows.headings(content),
        charts.subList(0, organs),
        views.headings(),
        views.model(),
        views.extremes(),
        views.cases(),
        networks,
        DataRow.HEADINGS,
        data(),
        content.notices(),
        content.warnings(),
        content.stages(),
        named(content.parameters()),
        named(content.environment()),
        files(),
        note);
  }

  private List<DataRow> data() {
    List<DataSetFacts> sets = new ArrayList<>(content.training());
    if (!content.test().isEmpty()) {
      sets.add(
          new DataSetFacts(
              "test set", content.scoredOrgans(), List.copyOf(content.test().values())));
    }
    return sets.stream().flatMap(set -> DataRow.of(set).stream()).toList();
  }

  private String scoresNote(Optional<ModelScore> reference) {
    int seeds =
        content
            .metrics()
            .flatMap(Metrics::replicates)
            .map(replicates -> replicates.seeds().size())
            .orElse(1);
    return (seeds == 1
            ? ""
            : "Scores, cases and pictures are those of the first of " + seeds + " seeds. ")
        + "Dice as mean ± standard deviation over the cases; surface Dice and HD95 as means over"
        + " the organs, where HD95 counts a missed organ as the diagonal of the volume."
        + reference
            .map(
                model ->
                    " The difference to %s is paired by case, with a 95 %% bootstrap interval."
                        .formatted(model.name()))
            .orElse("");
  }

  private static IndexPage.NetworkView network(NetworkCurves network, ChartView chart) {
    return new IndexPage.NetworkView(
        network.title(), chart, network.table(), network.curves().iterations() + " iterations.");
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
