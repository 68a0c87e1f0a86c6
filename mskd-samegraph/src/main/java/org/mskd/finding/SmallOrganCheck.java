package org.mskd.finding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mskd.fingerprint.OrganFingerprint;
import org.mskd.fingerprint.ScanFingerprint;

/** Finds organs that have only a few pixels in the prepared slices. */
public final class SmallOrganCheck {
  /** An organ of 3 x 3 pixels is hardly more than its own boundary. */
  private static final double FEWEST_PIXELS = 9;

  private SmallOrganCheck() {}

  /**
   * At most one finding for each organ.
   *
   * @param sliceSize pixels of a prepared slice's side
   */
  public static List<Finding> of(FingerprintedSet set, int sliceSize) {
    Map<String, List<String>> small = new LinkedHashMap<>();
    Map<String, Double> first = new LinkedHashMap<>();
    for (ScanFingerprint scan : set.scans()) {
      for (OrganFingerprint organ : scan.organs()) {
        if (organ.voxels() > 0 && organ.largestPixels() < FEWEST_PIXELS) {
          small.computeIfAbsent(organ.organ(), name -> new ArrayList<>()).add(scan.image());
          first.putIfAbsent(organ.organ(), organ.largestPixels());
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    small.forEach(
        (organ, files) ->
            findings.add(
                Finding.warning(
                    Finding.Kind.SMALL_ORGAN,
                    files,
                    String.format(
                        Locale.ROOT,
                        "%s in %s of %s has at most %.1f pixels per slice at <sliceSize> %d. %s"
                            + "Choose a larger <sliceSize> or a finer <targetSpacing>; if the organ"
                            + " should be larger, correct the label.",
                        organ,
                        files.get(0),
                        set.title(),
                        first.get(organ),
                        sliceSize,
                        FileNames.alike(files)))));
    return findings;
  }
}
