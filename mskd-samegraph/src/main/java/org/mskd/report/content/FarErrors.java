package org.mskd.report.content;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    List<String> far =
        texts(
            caseId,
            organ,
            score ->
                score.dice().orElse(0) >= FOUND_DICE && score.hd95Mm().orElse(0) >= FAR_MM
                    ? String.format(Locale.ROOT, "%.0f mm", score.hd95Mm().getAsDouble())
                    : "");
    if (!far.isEmpty()) {
      return Optional.of(
          new CaseFinding(
              caseId,
              organ,
              "%s: parts of the prediction lie far from the %s".formatted(caseId, organ),
              "HD95: " + String.join(", ", far) + ". <components> can remove them.",
              0.1 + 0.01 * far.size()));
    }
    List<String> absent =
        texts(
            caseId,
            organ,
            score ->
                score.falsePositive() && score.predictedMl() >= LEAST_ML
                    ? String.format(Locale.ROOT, "%.0f ml", score.predictedMl())
                    : "");
    return absent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CaseFinding(
                caseId,
                organ,
                "%s: %s is predicted, and the reference has none".formatted(caseId, organ),
                String.join(", ", absent) + ".",
                0.05 + 0.01 * absent.size()));
  }

  private interface Text {
    String of(CaseScore score);
  }

  private List<String> texts(String caseId, String organ, Text text) {
    return models.stream()
        .flatMap(
            model ->
                model.cases().stream()
                    .filter(score -> score.id().equals(caseId) && score.organ().equals(organ))
                    .map(text::of)
                    .filter(found -> !found.isEmpty())
                    .map(found -> model.name() + " " + found))
        .toList();
  }
}
