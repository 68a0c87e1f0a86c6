package org.mskd.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.ExperimentJson;
import org.mskd.history.TrainingCurves;
import org.mskd.report.content.NetworkCurves;
import org.mskd.report.content.ReportContent;

/**
 * The data of the interactive charts as a script, since pages on a disk can read no other files.
 */
public final class ChartData {
  private ChartData() {}

  /** The script. */
  public static String script(ReportContent content) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("organs", content.organs());
    data.put("models", content.models().stream().map(ChartData::model).toList());
    data.put("networks", content.networks().stream().map(ChartData::network).toList());
    return "window.mskdReport = " + ExperimentJson.write(data) + ";\n";
  }

  private static Map<String, Object> model(ModelScore model) {
    return Map.of(
        "name", model.name(), "cases", model.cases().stream().map(ChartData::score).toList());
  }

  private static Map<String, Object> score(CaseScore score) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", score.id());
    values.put("organ", score.organ());
    values.put("dice", orNull(score.dice()));
    return values;
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static Map<String, Object> network(NetworkCurves network) {
    TrainingCurves curves = network.curves();
    Map<String, List<Double>> series = new LinkedHashMap<>();
    curves.series().forEach((name, values) -> series.put(name, finite(values)));
    return Map.of(
        "title", network.title(),
        "iterations", curves.iterations(),
        "at", curves.at(),
        "series", series);
  }

  /** JSON has no NaN: a point without a number is left out of the curve. */
  private static List<Double> finite(List<Double> values) {
    List<Double> all = new ArrayList<>();
    values.forEach(value -> all.add(Double.isFinite(value) ? value : null));
    return all;
  }
}
