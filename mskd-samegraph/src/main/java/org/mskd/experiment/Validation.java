package org.mskd.experiment;

import java.util.List;
import java.util.stream.IntStream;
import org.mskd.problem.BadInputException;

/**
 * Which training subjects are held out, to score networks on subjects that they were not trained
 * on. Networks are trained without those of {@code share} or {@code subjects}. The folds are those
 * of a cross-validation alone.
 *
 * @param share of the subjects of each data set that is held out, 0 to 0.5; 0 for none
 * @param subjects that are held out, {@code ID} or {@code SET/ID}; none where a share is given
 * @param folds into which a cross-validation splits each data set, 2 to 20; 0 where none are
 *     declared
 * @param onlyFolds the folds that a cross-validation trains, from 1; empty for all
 */
public record Validation(double share, List<String> subjects, int folds, List<Integer> onlyFolds) {
  /** Nothing is held out. */
  public static final Validation NONE = new Validation(0, List.of(), 0, List.of());

  /** The number of folds where none is declared: nnU-Net's. */
  public static final int DEFAULT_FOLDS = 5;

  private static final int MOST_FOLDS = 20;
  private static final double LARGEST_SHARE = 0.5;

  public Validation {
    Checks.within("validationShare", share, 0.0, LARGEST_SHARE);
    subjects = subjects == null ? List.of() : List.copyOf(subjects);
    onlyFolds = onlyFolds == null ? List.of() : onlyFolds.stream().sorted().distinct().toList();
    if (share > 0 && !subjects.isEmpty()) {
      throw new BadInputException(
          "<validation> has both <validationShare> %s and <validationSubjects> %s."
              .formatted(share, String.join(" ", subjects)),
          "Keep one of them.");
    }
    if (folds != 0) {
      Checks.within("folds", folds, 2, MOST_FOLDS);
    }
    int most = folds == 0 ? DEFAULT_FOLDS : folds;
    for (int fold : onlyFolds) {
      Checks.within("onlyFolds", fold, 1, most);
    }
  }

  /** Whether networks are trained without some subjects, outside a cross-validation. */
  public boolean holdsOut() {
    return share > 0 || !subjects.isEmpty();
  }

  /** The same with folds: the default number where none are declared. */
  public Validation withFolds() {
    return folds > 0 ? this : new Validation(share, subjects, DEFAULT_FOLDS, onlyFolds);
  }

  /** The folds that a cross-validation trains, ascending. */
  public List<Integer> trainedFolds() {
    return onlyFolds.isEmpty() ? IntStream.rangeClosed(1, folds).boxed().toList() : onlyFolds;
  }
}
