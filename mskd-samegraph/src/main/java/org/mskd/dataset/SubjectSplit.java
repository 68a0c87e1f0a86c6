package org.mskd.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mskd.random.SubSeeds;

/**
 * Splits data sets by subject, set by set. The order in which subjects are assigned derives from
 * the seed and their voxels alone, not from the names of their files, so renamed files give the
 * same split. A scan that an earlier set has too keeps what was decided there.
 */
public final class SubjectSplit {
  private final long seed;
  private final Set<String> seen = new HashSet<>();
  private final List<Split.HeldOut> heldOut = new ArrayList<>();
  private int sets;

  /**
   * @param seed root of the random order
   */
  public SubjectSplit(long seed) {
    this.seed = seed;
  }

  /**
   * Assigns the subjects of a set that no earlier set has to folds in turn. Each set begins with
   * another fold than the set before it, so that the larger ones are not all in one fold.
   *
   * @param folds at least 2
   */
  public void addFolds(String source, List<PreparedSubject> subjects, int folds) {
    List<PreparedSubject> unseen = unseen(subjects);
    for (int i = 0; i < unseen.size(); i++) {
      hold(source, unseen.get(i), (sets + i) % folds + 1);
    }
    sets++;
  }

  /**
   * Holds out a share of the subjects of a set that no earlier set has: at least one.
   *
   * @param share above 0, at most 0.5
   */
  public void addShare(String source, List<PreparedSubject> subjects, double share) {
    List<PreparedSubject> unseen = unseen(subjects);
    long count = Math.max(1, Math.round(share * unseen.size()));
    unseen.stream().limit(count).forEach(subject -> hold(source, subject, 1));
  }

  /**
   * Holds out the subjects of a set that are named.
   *
   * @param names {@code ID} or {@code SET/ID}
   * @return the names that were found in it
   */
  public Set<String> addNamed(String source, List<PreparedSubject> subjects, List<String> names) {
    Set<String> found = new TreeSet<>();
    for (PreparedSubject subject : subjects) {
      List<String> own =
          names.stream()
              .filter(name -> name.equals(subject.id()) || name.equals(source + "/" + subject.id()))
              .toList();
      found.addAll(own);
      if (!own.isEmpty() && seen.add(subject.voxelDigest())) {
        hold(source, subject, 1);
      }
    }
    return found;
  }

  private List<PreparedSubject> unseen(List<PreparedSubject> subjects) {
    List<PreparedSubject> unseen =
        subjects.stream()
            .filter(subject -> seen.add(subject.voxelDigest()))
            .sorted(
                Comparator.comparingLong(this::place).thenComparing(PreparedSubject::voxelDigest))
            .toList();
    return unseen;
  }

  private long place(PreparedSubject subject) {
    return SubSeeds.of(seed, "split", subject.voxelDigest());
  }

  private void hold(String source, PreparedSubject subject, int fold) {
    heldOut.add(new Split.HeldOut(source, subject.id(), fold, subject.voxelDigest()));
  }

  /** The split of all sets so far. */
  public Split split(int folds) {
    return new Split(folds, heldOut);
  }
}
