package org.mskd.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds sets whose scans are mirrored or rotated by 180 degrees against the other sets, or whose
 * organs lie on the wrong side. A wrong header gives such sets: their voxels are reordered as the
 * header says, and each label fits its image.
 */
public final class MirrorCheck {
  private MirrorCheck() {}

  /** At most one finding for each set. */
  public static List<Finding> of(List<FingerprintedSet> sets) {
    List<Finding> findings = new ArrayList<>();
    List<FingerprintedSet> right = new ArrayList<>(sets);
    for (FingerprintedSet set : sets) {
      List<FingerprintedSet> others = new ArrayList<>(sets);
      others.remove(set);
      OrganSides.wrong(set)
          .ifPresent(
              sides -> {
                right.remove(set);
                findings.add(finding(set, sides, BodyComparison.of(set, others)));
              });
    }
    // The set that differs most first: among the others it would blur their mean.
    for (Optional<Worst> worst = worst(right); worst.isPresent(); worst = worst(right)) {
      right.remove(worst.get().set());
      findings.add(finding(worst.get(), right));
    }
    return findings;
  }

  private record Worst(FingerprintedSet set, BodyComparison comparison) {}

  private static Optional<Worst> worst(List<FingerprintedSet> sets) {
    List<Worst> found = new ArrayList<>();
    for (FingerprintedSet set : sets) {
      List<FingerprintedSet> others = new ArrayList<>(sets);
      others.remove(set);
      BodyComparison.of(set, others).ifPresent(comparison -> found.add(new Worst(set, comparison)));
    }
    return found.stream().min(Comparator.comparingDouble(worst -> worst.comparison().agreement()));
  }

  private static Finding finding(
      FingerprintedSet set, String sides, Optional<BodyComparison> comparison) {
    return Finding.warning(
        Finding.Kind.MIRRORED,
        List.of(),
        "%s looks %s: %s. %s"
            .formatted(
                capital(set.title()),
                comparison.map(BodyComparison::text).orElse("mirrored from left to right"),
                sides,
                remedy("its")));
  }

  private static Finding finding(Worst worst, List<FingerprintedSet> others) {
    String against =
        others.size() == 1
            ? "against " + others.get(0).title() + ". One of the two is wrong"
            : "against the other sets";
    return Finding.warning(
        Finding.Kind.MIRRORED,
        List.of(),
        "%s looks %s %s. %s"
            .formatted(
                capital(worst.set().title()),
                worst.comparison().text(),
                against,
                remedy(others.size() == 1 ? "the" : "its")));
  }

  private static String remedy(String whose) {
    return "Check in a viewer that the liver is shown on the patient's right; if it is not, correct"
        + " "
        + whose
        + " headers (images and labels), or convert the scans again.";
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
