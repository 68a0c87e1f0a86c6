package org.mskd.report.page;

import java.util.ArrayList;
import java.util.List;
import org.mskd.evaluation.Metric;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.OrganScore;
import org.mskd.report.content.ReportContent;

/** The scores in a few sentences. */
final class ScoreSentences {
  private ScoreSentences() {}

  /** The two best models, and organs that a model finds in no case. */
  static List<String> of(ReportContent content) {
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
}
