package org.mskd.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.ModelScore;
import org.mskd.evaluation.Statistics;

/**
 * Cases in which an organ is segmented much worse than in the other cases. A case is compared with
 * the median of the others for the same organ and model, so that organs which are difficult in all
 * cases do not hide one that fails in a single case.
 */
final class LowScores {
  /** Difference of Dice to the median of the other cases. */
  private static final double LEAST_DROP = 0.15;

  /** With fewer others a median says little. */
  private static final int LEAST_OTHERS = 2;

  private final List<ModelScore> models;

  /**
   * @param models the best first
   */
  LowScores(List<ModelScore> models) {
    this.models = models;
  }

  private record Drop(String model, double dice, double median) {
    double size() {
      return median - dice;
    }

    String text() {
      return String.format(Locale.ROOT, "%s %.3f (%.3f)", model, dice, median);
    }
  }

  /**
   * The finding of an organ in a case.
   *
   * @param note on the case, appended to the numbers; may be empty
   */
  Optional<CaseFinding> of(String caseId, String organ, String note) {
    List<Drop> drops = new ArrayList<>();
    for (ModelScore model : models) {
      drop(model, caseId, organ).ifPresent(drops::add);
    }
    List<Drop> low = drops.stream().filter(drop -> drop.size() >= LEAST_DROP).toList();
    if (low.isEmpty()) {
      return Optional.empty();
    }
    Drop largest = low.stream().max(Comparator.comparingDouble(Drop::size)).orElseThrow();
    String which =
        low.size() == drops.size()
            ? low.size() == 1 ? "" : " in all " + low.size() + " models"
            : " in " + low.size() + " of " + drops.size() + " models";
    return Optional.of(
        new CaseFinding(
            caseId,
            organ,
            largest.model(),
            "%s: the Dice of the %s is far below the other cases%s".formatted(caseId, organ, which),
            "Dice, in parentheses the median of the other cases: "
                + String.join(", ", low.stream().map(Drop::text).toList())
                + "."
                + note,
            largest.size() * (1 + (double) low.size() / drops.size())));
  }

  private static Optional<Drop> drop(ModelScore model, String caseId, String organ) {
    OptionalDouble own = OptionalDouble.empty();
    List<Double> others = new ArrayList<>();
    for (CaseScore score : model.cases()) {
      if (score.organ().equals(organ) && score.dice().isPresent()) {
        if (score.id().equals(caseId)) {
          own = score.dice();
        } else {
          others.add(score.dice().getAsDouble());
        }
      }
    }
    return own.isEmpty() || others.size() < LEAST_OTHERS
        ? Optional.empty()
        : Optional.of(new Drop(model.name(), own.getAsDouble(), median(others)));
  }

  private static double median(List<Double> values) {
    return Statistics.percentile(
        values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 50);
  }
}
