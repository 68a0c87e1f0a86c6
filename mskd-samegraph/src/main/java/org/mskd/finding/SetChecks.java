package org.mskd.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.fingerprint.ScanFingerprint;

/** All checks of fingerprints: of one set, and of several. */
public final class SetChecks {
  private SetChecks() {}

  /**
   * What a set shows without the others.
   *
   * @param sliceSize pixels of a prepared slice's side
   */
  public static List<Finding> ofOne(FingerprintedSet set, int sliceSize) {
    List<Finding> findings = new ArrayList<>(IntensityCheck.of(set));
    findings.addAll(SmallOrganCheck.of(set, sliceSize));
    return findings;
  }

  /**
   * What sets show beside each other.
   *
   * @param training every set that a network is trained on
   * @param test the test set, if there is one
   */
  public static List<Finding> ofAll(
      List<FingerprintedSet> training, Optional<FingerprintedSet> test) {
    List<FingerprintedSet> all = new ArrayList<>(training);
    test.ifPresent(all::add);
    List<Finding> findings = new ArrayList<>(MirrorCheck.of(all));
    test.ifPresent(
        set -> {
          ScanSizes sizes =
              new ScanSizes(
                  training.stream()
                      .flatMap(source -> source.scans().stream())
                      .map(ScanFingerprint::geometry)
                      .toList());
          findings.addAll(sizes.of(set));
          findings.addAll(NearlyEqualCheck.of(training, set));
        });
    return findings;
  }
}
