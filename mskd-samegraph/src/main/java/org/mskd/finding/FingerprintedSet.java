package org.mskd.finding;

import java.util.List;
import org.mskd.fingerprint.ScanFingerprint;

/**
 * The scans of one data set.
 *
 * @param title how messages call it, such as {@code data set liver} or {@code the test set}
 * @param scans their fingerprints
 */
public record FingerprintedSet(String title, List<ScanFingerprint> scans) {
  public FingerprintedSet {
    scans = List.copyOf(scans);
  }
}
