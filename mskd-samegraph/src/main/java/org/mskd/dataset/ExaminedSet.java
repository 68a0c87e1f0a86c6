package org.mskd.dataset;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mskd.finding.Finding;
import org.mskd.finding.FingerprintedSet;

/**
 * A data set of which every subject was read.
 *
 * @param name as of a {@link PreparedSet}
 * @param scans its subjects
 * @param findings about single files: errors, and unusual headers
 */
public record ExaminedSet(String name, List<ExaminedScan> scans, List<Finding> findings) {
  public ExaminedSet {
    Objects.requireNonNull(name, "name");
    scans = List.copyOf(scans);
    findings = List.copyOf(findings);
  }

  /** The fingerprints of the subjects that can be used. */
  public FingerprintedSet fingerprints() {
    return new FingerprintedSet(
        SetFolders.title(name),
        scans.stream().map(ExaminedScan::fingerprint).flatMap(Optional::stream).toList());
  }
}
