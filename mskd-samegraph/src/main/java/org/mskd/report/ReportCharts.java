package org.mskd.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.ModelScore;
import org.mskd.history.TrainingCurves;
import org.mskd.report.chart.BoxPlot;
import org.mskd.report.chart.ChartTheme;
import org.mskd.report.chart.CurveChart;
import org.mskd.report.chart.Quartiles;
import org.mskd.report.content.NetworkCurves;
import org.mskd.report.content.ReportContent;
import org.mskd.report.page.ChartView;

/** Draws the charts of a report: a box plot per organ, the curves of each training. */
final class ReportCharts {
  private final BiConsumer<String, String> files;

  /**
   * @param files receives each file's path in the report, and its text
   */
  ReportCharts(BiConsumer<String, String> files) {
    this.files = files;
  }

  /** The charts of the organs, where there are scores, then those of the networks. */
  List<ChartView> draw(ReportContent content) {
    List<ChartView> views = new ArrayList<>();
    for (String organ : content.scoredOrgans()) {
      views.add(organ(content, organ, content.organs().indexOf(organ) + 1));
    }
    for (int i = 0; i < content.networks().size(); i++) {
      views.add(network(content.networks().get(i), i + 1));
    }
    return views;
  }

  private ChartView organ(ReportContent content, String organ, int number) {
    BoxPlot plot = new BoxPlot("Dice of " + organ);
    List<String> texts = new ArrayList<>();
    for (ModelScore model : content.models()) {
      double[] values =
          model.cases().stream()
              .filter(score -> score.organ().equals(organ))
              .map(CaseScore::dice)
              .flatMapToDouble(OptionalDouble::stream)
              .toArray();
      plot.add(model.name(), values);
      if (values.length > 0) {
        Quartiles quartiles = Quartiles.of(values);
        texts.add(
            String.format(
                Locale.ROOT,
                "%s median %.3f, from %.3f to %.3f",
                model.name(),
                quartiles.median(),
                quartiles.low(),
                quartiles.high()));
      }
    }
    String id = "organ-" + number;
    for (ChartTheme theme : ChartTheme.ALL) {
      files.accept(file(id, theme), plot.svg(theme));
    }
    return view(
        id, "Box plot of the Dice of %s: %s".formatted(organ, String.join("; ", texts)), organ);
  }

  private ChartView network(NetworkCurves network, int number) {
    TrainingCurves curves = network.curves();
    CurveChart chart = new CurveChart(network.title(), curves.at());
    chart.add("loss and its terms", named(curves, TrainingCurves.LOSS));
    Map<String, List<Double>> dice = named(curves, TrainingCurves.DICE);
    if (!dice.isEmpty()) {
      chart.add("Dice on held-out subjects", dice);
    }
    for (String name : List.of(TrainingCurves.LEARNING_RATE, TrainingCurves.GRADIENT_NORM)) {
      chart.add(
          name.equals(TrainingCurves.LEARNING_RATE) ? "learning rate" : "gradient norm",
          Map.of(name, curves.series().getOrDefault(name, List.of())));
    }
    String id = "network-" + number;
    for (ChartTheme theme : ChartTheme.ALL) {
      files.accept(file(id, theme), chart.svg(theme));
    }
    return view(
        id,
        "Curves of %s: loss,%s learning rate and gradient norm"
            .formatted(network.title(), dice.isEmpty() ? "" : " Dice on held-out subjects,"),
        curves.each() == 1 ? "" : "A point is the mean of " + curves.each() + " iterations.");
  }

  /** The series whose names begin so. */
  private static Map<String, List<Double>> named(TrainingCurves curves, String beginning) {
    Map<String, List<Double>> named = new LinkedHashMap<>();
    curves
        .series()
        .forEach(
            (name, values) -> {
              if (name.startsWith(beginning)) {
                named.put(name, values);
              }
            });
    return named;
  }

  private static String file(String id, ChartTheme theme) {
    return "charts/" + id + "-" + theme.name() + ".svg";
  }

  private static ChartView view(String id, String alt, String caption) {
    return new ChartView(file(id, ChartTheme.LIGHT), file(id, ChartTheme.DARK), alt, id, caption);
  }
}
