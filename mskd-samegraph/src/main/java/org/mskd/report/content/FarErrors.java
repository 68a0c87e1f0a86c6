package org.mskd.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.ModelScore;

/**
 * Organs that are found, with parts of the prediction far away from them, and organs that are
 * predicted where the reference has none.
 */
final class FarErrors {
  private static final double FOUND_DICE = 0.7;
  private static final double FAR_MM = 40;
  private static final double LEAST_ML = 1;

  private final List<ModelScore> models;

  FarErrors(List<ModelScore> models) {
    this.models = models;
  }

  /** The finding of an organ in a case. */
  Optional<CaseFinding> of(String caseId, String organ) {
    List<Found> far =
        found(
            caseId,
            organ,
            score ->
                score.dice().orElse(0) >= FOUND_DICE && score.hd95Mm().orElse(0) >= FAR_MM
                    ? score.hd95Mm()
                    : OptionalDouble.empty());
    if (!far.isEmpty()) {
      return Optional.of(
          finding(
              far,
              "%s: parts of the prediction lie far from the %s".formatted(caseId, organ),
              "HD95: " + text(far, " mm") + ". <components> can remove such parts.",
              0.1));
    }
    List<Found> absent =
        found(
            caseId,
            organ,
            score ->
                score.falsePositive() && score.predictedMl() >= LEAST_ML
                    ? OptionalDouble.of(score.predictedMl())
                    : OptionalDouble.empty());
    return absent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            finding(
                absent,
                "%s: %s is predicted, and the reference has none".formatted(caseId, organ),
                text(absent, " ml") + ".",
                0.05));
  }

  private record Found(String model, CaseScore score, double value) {}

  private List<Found> found(
      String caseId, String organ, Function<CaseScore, OptionalDouble> value) {
    List<Found> all = new ArrayList<>();
    for (ModelScore model : models) {
      for (CaseScore score : model.cases()) {
        if (score.id().equals(caseId) && score.organ().equals(organ)) {
          value.apply(score).ifPresent(number -> all.add(new Found(model.name(), score, number)));
        }
      }
    }
    return all;
  }

  private static String text(List<Found> all, String unit) {
    return all.stream()
        .map(found -> String.format(Locale.ROOT, "%s %.0f%s", found.model(), found.value(), unit))
        .collect(Collectors.joining(", "));
  }

  private static CaseFinding finding(
      List<Found> all, String headline, String detail, double severity) {
    Found largest = all.stream().max(Comparator.comparingDouble(Found::value)).orElseThrow();
    return new CaseFinding(
        largest.score().id(),
        largest.score().organ(),
        largest.model(),
        headline,
        detail,
        severity + 0.01 * all.size());
  }
}
