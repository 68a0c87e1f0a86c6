package org.mskd.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.ModelScore;
import org.mskd.fingerprint.OrganFingerprint;

/** The cases that a reader should look at, the most severe first. */
public final class CaseFindings {
  private static final int MOST = 8;

  private CaseFindings() {}

  /** The findings of a report; none without scores. */
  public static List<CaseFinding> of(ReportContent content) {
    List<ModelScore> models = content.models();
    if (models.isEmpty()) {
      return List.of();
    }
    LowScores low = new LowScores(models);
    FarErrors far = new FarErrors(models);
    List<CaseFinding> findings = new ArrayList<>();
    for (String id : caseIds(models)) {
      for (String organ : content.organs()) {
        low.of(id, organ, contrast(content, id, organ))
            .or(() -> far.of(id, organ))
            .ifPresent(findings::add);
      }
    }
    return findings.stream()
        .sorted(Comparator.comparingDouble(CaseFinding::severity).reversed())
        .limit(MOST)
        .toList();
  }

  /** The cases in the order of the scores. */
  public static List<String> caseIds(List<ModelScore> models) {
    return models.stream()
        .flatMap(model -> model.cases().stream())
        .map(CaseScore::id)
        .distinct()
        .toList();
  }

  /** A possible reason: the organ is brighter or darker than in all training scans. */
  private static String contrast(ReportContent content, String id, String organ) {
    Optional<HuRange> trained = HuRange.of(content.training(), organ);
    Optional<OrganFingerprint> here =
        content
            .scanOf(id)
            .flatMap(
                scan ->
                    scan.organs().stream()
                        .filter(seen -> seen.organ().equals(organ) && seen.voxels() > 0)
                        .findFirst());
    if (trained.isEmpty() || here.isEmpty() || !trained.get().excludes(here.get().meanHu())) {
      return "";
    }
    HuRange range = trained.get();
    boolean brighter = here.get().meanHu() > range.high();
    return String.format(
        Locale.ROOT,
        " A possible reason: the %s is %s here (mean %.0f HU) than in all %d training scans %s"
            + " (%.0f to %.0f HU); the scan may be of another contrast phase.",
        organ,
        brighter ? "brighter" : "darker",
        here.get().meanHu(),
        range.scans(),
        range.single() ? "of its single-organ data set" : "that annotate it",
        range.low(),
        range.high());
  }
}
