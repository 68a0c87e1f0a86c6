package org.mskd.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mskd.finding.Finding;
import org.mskd.finding.FingerprintedSet;
import org.mskd.finding.SetChecks;
import org.mskd.problem.NameList;

/** All findings about sets of which every subject was read. */
public final class DataFindings {
  private DataFindings() {}

  /**
   * What one set shows.
   *
   * @param required the organs that some label has to show
   * @param sliceSize pixels of a prepared slice's side
   */
  public static List<Finding> of(ExaminedSet set, List<String> required, int sliceSize) {
    List<Finding> findings = new ArrayList<>(set.findings());
    for (String organ : required) {
      organ(set, organ, required.size() == 1).ifPresent(findings::add);
    }
    findings.addAll(SetChecks.ofOne(set.fingerprints(), sliceSize));
    return findings;
  }

  /**
   * @param everywhere whether each label is expected to show the organ
   */
  private static Optional<Finding> organ(ExaminedSet set, String organ, boolean everywhere) {
    List<String> without = new ArrayList<>();
    int usable = 0;
    for (ExaminedScan scan : set.scans()) {
      if (scan.fingerprint().isPresent()) {
        usable++;
        boolean shown =
            scan.fingerprint().get().organs().stream()
                .anyMatch(each -> each.organ().equals(organ) && each.voxels() > 0);
        if (!shown) {
          without.add(scan.image());
        }
      }
    }
    String title = SetFolders.title(set.name());
    if (usable > 0 && without.size() == usable) {
      return Optional.of(
          Finding.error(
              Finding.Kind.NO_ORGAN,
              without,
              "No label of %s shows %s. Correct the labels, or the declared values."
                  .formatted(title, organ)));
    }
    return without.isEmpty() || !everywhere
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                Finding.Kind.NO_ORGAN,
                without,
                ("%d of %d labels of %s mark no voxel of %s (%s). These scans are used as negative"
                        + " examples; if the organ is visible in them, correct their labels or"
                        + " <labelValues>.")
                    .formatted(without.size(), usable, title, organ, NameList.of(without))));
  }

  /**
   * What sets show beside each other.
   *
   * @param trained the names of the sets that a network is trained on
   */
  public static List<Finding> between(List<ExaminedSet> sets, List<String> trained) {
    List<ExaminedSet> training = sets.stream().filter(set -> trained.contains(set.name())).toList();
    Optional<ExaminedSet> test =
        sets.stream().filter(set -> set.name().equals(PreparedSet.TEST)).findFirst();
    List<Finding> findings = new ArrayList<>();
    Set<String> equal = new HashSet<>();
    test.ifPresent(set -> addEqual(training, set, equal, findings));
    Optional<FingerprintedSet> tested =
        test.map(set -> without(set, equal)); // equal scans are nearly equal, too
    findings.addAll(
        SetChecks.ofAll(training.stream().map(ExaminedSet::fingerprints).toList(), tested));
    return findings;
  }

  private static FingerprintedSet without(ExaminedSet set, Set<String> equal) {
    List<ExaminedScan> rest =
        set.scans().stream().filter(scan -> !equal.contains(scan.voxelDigest())).toList();
    return new ExaminedSet(set.name(), rest, List.of()).fingerprints();
  }

  private static void addEqual(
      List<ExaminedSet> training, ExaminedSet test, Set<String> equal, List<Finding> findings) {
    Map<String, String> imageOf = new HashMap<>();
    test.scans().stream()
        .filter(scan -> scan.fingerprint().isPresent())
        .forEach(scan -> imageOf.put(scan.voxelDigest(), scan.image()));
    for (ExaminedSet set : training) {
      for (ExaminedScan scan : set.scans()) {
        String image = imageOf.get(scan.voxelDigest());
        if (image != null) {
          equal.add(scan.voxelDigest());
          findings.add(
              Finding.error(
                  Finding.Kind.EQUAL,
                  List.of(scan.image(), image),
                  ("%s of training set %s and %s of the test set are the same scan: their voxels"
                          + " are equal. Take it out of one of them; scores of a patient seen in"
                          + " training are not valid.")
                      .formatted(scan.image(), set.name(), image)));
        }
      }
    }
  }
}
