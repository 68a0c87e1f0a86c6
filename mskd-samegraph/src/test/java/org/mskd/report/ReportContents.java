package org.mskd.report;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelCost;
import org.mskd.evaluation.ModelScore;
import org.mskd.fingerprint.Intensities;
import org.mskd.fingerprint.OrganFingerprint;
import org.mskd.fingerprint.ScanFingerprint;
import org.mskd.fingerprint.ScanGeometry;
import org.mskd.fingerprint.SliceProfile;
import org.mskd.fingerprint.Thumbnail;
import org.mskd.history.TrainingCurves;
import org.mskd.report.content.DataSetFacts;
import org.mskd.report.content.NetworkCurves;
import org.mskd.report.content.ReportContent;
import org.mskd.report.content.StageLine;

/** Made-up content of reports. */
public final class ReportContents {
  private ReportContents() {}

  public static ModelScore model(String name, List<CaseScore> cases) {
    return ModelScore.of(name, new ModelCost(1, 1, 1000), cases, 1);
  }

  /** Scores, one training, a warning; names have characters that HTML must escape. */
  public static ReportContent of(List<String> organs, ModelScore... models) {
    TrainingCurves curves =
        new TrainingCurves(
            200,
            100,
            List.of(100, 200),
            new TreeMap<>(
                Map.of(
                    "loss", List.of(1.0, 0.5),
                    "loss.a & b", List.of(1.0, Double.NaN),
                    "learningRate", List.of(1e-3, 1e-3),
                    "gradientNorm", List.of(3.0, 2.0))));
    return new ReportContent(
        "<experiment>",
        "1",
        Instant.EPOCH,
        organs,
        1,
        models.length == 0
            ? Optional.empty()
            : Optional.of(new Metrics("test", 2, List.of(models))),
        new TreeMap<>(),
        List.of(new NetworkCurves("student mskd", curves, "methods/mskd/history.csv")),
        List.of(),
        Map.of(),
        List.of("A notice."),
        List.of("A warning with <elements>."),
        new TreeMap<>(Map.of("training.epochs", "4")),
        new TreeMap<>(Map.of("threads", "2")),
        List.of(new StageLine("student mskd", "ran", "20 s")));
  }

  /** The same content with the mean HU of an organ in training scans and in a test scan. */
  public static ReportContent withContrast(
      ReportContent content, String organ, List<Double> training, String caseId, double test) {
    return new ReportContent(
        content.name(),
        content.version(),
        content.made(),
        content.organs(),
        content.seed(),
        content.metrics(),
        content.timings(),
        content.networks(),
        List.of(
            new DataSetFacts(
                organ, List.of(organ), training.stream().map(hu -> scan(organ, hu)).toList())),
        Map.of(caseId, scan(organ, test)),
        content.notices(),
        content.warnings(),
        content.parameters(),
        content.environment(),
        content.stages());
  }

  private static ScanFingerprint scan(String organ, double hu) {
    return new ScanFingerprint(
        "imagesTr/a.nii.gz",
        List.of(4, 4, 2),
        List.of(1.0, 1.0, 5.0),
        "RAS",
        new ScanGeometry(1, 5, 4),
        new Intensities(-1000, 400, 0.5, 0.3, 0, true),
        List.of(new OrganFingerprint(organ, 10, 2, 1, hu, hu - 5, hu + 5, 0, 0, 0, 5)),
        new SliceProfile(5, List.of(1.0, 1.0), List.of(1.0, 1.0)),
        new Thumbnail(Collections.nCopies(12 * 12 * 12, 0)));
  }
}
