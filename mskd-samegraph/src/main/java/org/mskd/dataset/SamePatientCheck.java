package org.mskd.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mskd.problem.BadInputException;
import org.mskd.problem.NameList;

/**
 * A patient in a training set and in the test set would invalidate every score of the evaluation.
 * Equal decoded voxels are an error, an equal name alone is a warning. Training sets may share
 * patients: their labels are of different organs.
 */
final class SamePatientCheck {
  private SamePatientCheck() {}

  /**
   * @return warnings, at most one a training set
   * @throws BadInputException if a test scan is a training scan; names both files
   */
  static List<String> check(List<PreparedSet> training, PreparedSet test) {
    Map<String, PreparedSubject> byVoxels = new HashMap<>();
    TreeSet<String> testIds = new TreeSet<>();
    for (Path store : test.stores()) {
      PreparedSubject subject = SliceStore.subject(store);
      byVoxels.put(subject.voxelDigest(), subject);
      testIds.add(subject.id());
    }
    List<String> warnings = new ArrayList<>();
    for (PreparedSet set : training) {
      TreeSet<String> shared = new TreeSet<>();
      for (Path store : set.stores()) {
        PreparedSubject subject = SliceStore.subject(store);
        PreparedSubject same = byVoxels.get(subject.voxelDigest());
        if (same != null) {
          throw new BadInputException(
              subject.image()
                  + " of training set "
                  + set.name()
                  + " and "
                  + same.image()
                  + " of the test set are the same scan: their voxels are equal.",
              "Take it out of one of them; scores of a patient seen in training are not valid.");
        }
        if (testIds.contains(subject.id())) {
          shared.add(subject.id());
        }
      }
      if (!shared.isEmpty()) {
        warnings.add(warning(set.name(), shared));
      }
    }
    return List.copyOf(warnings);
  }

  private static String warning(String set, TreeSet<String> shared) {
    return "Training set "
        + set
        + " and the test set both have subjects named "
        + NameList.of(shared)
        + ", with different voxels. If they are the same patients, take them out of one.";
  }
}
