package org.mskd.report.content;

import java.util.List;
import java.util.Optional;
import org.mskd.fingerprint.OrganFingerprint;

/**
 * The mean HU of an organ in the training scans that annotate it.
 *
 * @param low of the scan with the smallest mean
 * @param high of the scan with the largest mean
 * @param scans how many scans there are
 * @param single whether they are those of the single-organ data sets alone, which the organ's
 *     teacher is trained on
 */
public record HuRange(double low, double high, int scans, boolean single) {
  /** Means closer to the range than this are not remarkable: noise and partial volume. */
  private static final double MARGIN_HU = 10;

  /** The range in data sets, of the single-organ sets if there are any; empty if none has it. */
  static Optional<HuRange> of(List<DataSetFacts> training, String organ) {
    List<DataSetFacts> single =
        training.stream().filter(set -> set.organs().equals(List.of(organ))).toList();
    return range(single, organ, true).or(() -> range(training, organ, false));
  }

  private static Optional<HuRange> range(
      List<DataSetFacts> training, String organ, boolean single) {
    List<Double> means =
        training.stream()
            .flatMap(set -> set.scans().stream())
            .flatMap(scan -> scan.organs().stream())
            .filter(seen -> seen.organ().equals(organ) && seen.voxels() > 0)
            .map(OrganFingerprint::meanHu)
            .sorted()
            .toList();
    return means.isEmpty()
        ? Optional.empty()
        : Optional.of(new HuRange(means.get(0), means.get(means.size() - 1), means.size(), single));
  }

  /** Whether a mean is clearly outside of the range. */
  boolean excludes(double meanHu) {
    return meanHu < low - MARGIN_HU || meanHu > high + MARGIN_HU;
  }
}
