package org.mskd.report.content;

import java.util.List;
import org.mskd.fingerprint.ScanFingerprint;

/**
 * A data set.
 *
 * @param name the organ or the name of the set; {@code test set}
 * @param organs that it annotates
 * @param scans the fingerprints of its scans
 */
public record DataSetFacts(String name, List<String> organs, List<ScanFingerprint> scans) {
  public DataSetFacts {
    organs = List.copyOf(organs);
    scans = List.copyOf(scans);
  }
}
