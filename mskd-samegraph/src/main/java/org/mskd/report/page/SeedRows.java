package org.mskd.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.SeedScores;
import org.mskd.evaluation.SeedSpread;
import org.mskd.report.content.ReportContent;

/** The Dice of each model and organ over several seeds. */
final class SeedRows {
  private SeedRows() {}

  /** The headings: model, organs, mean. */
  static List<String> headings(ReportContent content) {
    List<String> headings = new ArrayList<>(List.of("model"));
    headings.addAll(content.organs());
    headings.add(SeedScores.MEAN);
    return headings;
  }

  /** A row per model; none where there is one seed. */
  static List<List<String>> of(ReportContent content) {
    List<List<String>> rows = new ArrayList<>();
    Optional<SeedScores> seeds = content.metrics().flatMap(metrics -> metrics.replicates());
    for (ModelScore model : seeds.isPresent() ? content.models() : List.<ModelScore>of()) {
      List<String> row = new ArrayList<>(List.of(model.name()));
      for (String organ : headings(content).subList(1, headings(content).size())) {
        row.add(
            seeds
                .get()
                .of(model.name(), organ, Metric.DICE.key())
                .map(SeedRows::spread)
                .orElse(Numbers.UNDEFINED));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String spread(SeedSpread spread) {
    return Numbers.fixed(spread.mean(), 3) + " ± " + Numbers.fixed(spread.sd(), 3);
  }
}
