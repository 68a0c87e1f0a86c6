package org.mskd.lock;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a lock was reproduced: in the same environment to the byte, in another one with the mean
 * Dice over the organs of every model close to that of the lock.
 *
 * @param holds whether it was
 * @param notes what differs in the environment, and organs whose Dice is not close
 * @param text the result, with everything that differs
 */
public record ReproductionVerdict(boolean holds, List<String> notes, String text) {
  public ReproductionVerdict {
    notes = List.copyOf(notes);
  }

  /**
   * Compares the results of two runs of one experiment.
   *
   * @param tolerance the largest difference of a mean Dice in another environment, 0 to 1
   */
  public static ReproductionVerdict of(
      ExperimentLock locked, ExperimentLock now, double tolerance) {
    List<LockDifference> environment =
        LockDifference.between("", locked.environment().tensors(), now.environment().tensors());
    List<LockDifference> files = ResultDifferences.ofFiles(locked, now);
    return environment.isEmpty()
        ? sameEnvironment(files)
        : otherEnvironment(
            notes(environment, ResultDifferences.ofOrgans(locked, now, tolerance)),
            files,
            ResultDifferences.ofMeans(locked, now, tolerance),
            tolerance);
  }

  private static ReproductionVerdict sameEnvironment(List<LockDifference> files) {
    return files.isEmpty()
        ? new ReproductionVerdict(
            true, List.of(), "Reproduced: all files have the bytes of the lock.")
        : new ReproductionVerdict(
            false,
            List.of(),
            "Not reproduced: the environment is the same, but %d of the files have other bytes than in the lock:%s"
                .formatted(files.size(), LockDifference.lines(files)));
  }

  private static List<String> notes(List<LockDifference> environment, List<LockDifference> organs) {
    List<String> notes = new ArrayList<>();
    environment.forEach(one -> notes.add("Another environment: " + one.text() + "."));
    organs.forEach(one -> notes.add("Beyond the tolerance: " + one.text() + "."));
    return notes;
  }

  private static ReproductionVerdict otherEnvironment(
      List<String> notes, List<LockDifference> files, List<LockDifference> dice, double tolerance) {
    if (!dice.isEmpty()) {
      return new ReproductionVerdict(
          false,
          notes,
          "Not reproduced: the mean over the organs differs from the lock by more than %s:%s"
              .formatted(tolerance, LockDifference.lines(dice)));
    }
    String bytes =
        files.isEmpty()
            ? "all files have its bytes."
            : files.size() + " files have other bytes, as is to be expected.";
    return new ReproductionVerdict(
        true,
        notes,
        "Reproduced in another environment: each mean Dice over the organs is within %s of the lock; %s"
            .formatted(tolerance, bytes));
  }
}
