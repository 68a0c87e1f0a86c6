package org.mskd.finding;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mskd.fingerprint.ScanFingerprint;

/** Finds scans of the test set that are nearly equal to a training scan. */
public final class NearlyEqualCheck {
  private static final int LISTED = 5;

  private NearlyEqualCheck() {}

  /**
   * At most one finding for each training set.
   *
   * @param training every set that a network is trained on
   */
  public static List<Finding> of(List<FingerprintedSet> training, FingerprintedSet test) {
    List<Finding> findings = new ArrayList<>();
    for (FingerprintedSet set : training) {
      List<String> pairs = new ArrayList<>();
      Set<String> files = new LinkedHashSet<>();
      for (ScanFingerprint scan : set.scans()) {
        for (ScanFingerprint other : test.scans()) {
          if (ProfileMatch.isMatch(scan.profile(), other.profile())) {
            pairs.add(scan.image() + " and " + other.image());
            files.add(scan.image());
            files.add(other.image());
          }
        }
      }
      if (!pairs.isEmpty()) {
        findings.add(
            Finding.warning(Finding.Kind.NEARLY_EQUAL, List.copyOf(files), text(set, test, pairs)));
      }
    }
    return findings;
  }

  private static String text(FingerprintedSet set, FingerprintedSet test, List<String> pairs) {
    int others = pairs.size() - LISTED;
    return "Scans of %s and of %s are nearly equal, slice by slice: %s%s. If they are of the same"
            .formatted(
                set.title(),
                test.title(),
                String.join("; ", pairs.stream().limit(LISTED).toList()),
                others > 0 ? "; and " + others + " other pairs" : "")
        + " patients, take them out of one of the sets; scores of a patient seen in training are"
        + " not valid.";
  }
}
