package org.mskd.targets;

import java.util.List;
import java.util.Optional;
import org.mskd.experiment.FeatureTerms;

/**
 * What a store contains of each slice.
 *
 * @param size side of a slice, pixels
 * @param organs K, the number of teachers
 * @param features which features; empty for none
 * @param baseChannels of the networks whose features are compared; those of level l have {@code
 *     baseChannels * 2^l} channels. Without features 1, since logits do not depend on it
 * @param masked whether features are kept in and around each teacher's mask only; if not, at every
 *     position
 * @param logitsOnly the teachers, from 0 and ascending, whose features are not kept, as they are
 *     not comparable
 */
public record TargetLayout(
    int size,
    int organs,
    Optional<FeatureTerms> features,
    int baseChannels,
    boolean masked,
    List<Integer> logitsOnly) {
  /**
   * @throws IllegalArgumentException if a number is not positive, the slice has no whole number of
   *     positions at a level, or its margins are more than 2^30
   */
  public TargetLayout {
    logitsOnly = List.copyOf(logitsOnly);
    int deepest = features.map(FeatureTerms::deepest).orElse(0);
    if (size < 1 || organs < 1 || baseChannels < 1 || deepest > 20 || size % (1 << deepest) != 0) {
      throw new IllegalArgumentException(
          organs + " teachers of " + size + " pixels, " + baseChannels + " channels, " + features);
    }
    baseChannels = features.isPresent() ? baseChannels : 1;
    if (logitsOnly.stream().anyMatch(teacher -> teacher < 0 || teacher >= organs)) {
      throw new IllegalArgumentException("teachers " + logitsOnly + " of " + organs);
    }
    if ((long) size * size * organs > 1 << 30) {
      throw new IllegalArgumentException(organs + " teachers of " + size + " x " + size);
    }
  }

  /** With features of all teachers. */
  public TargetLayout(
      int size, int organs, Optional<FeatureTerms> features, int baseChannels, boolean masked) {
    this(size, organs, features, baseChannels, masked, List.of());
  }

  /** The same, without features of these teachers. */
  public TargetLayout withLogitsOnly(List<Integer> teachers) {
    return new TargetLayout(size, organs, features, baseChannels, masked, teachers);
  }

  /** Whether features of a teacher are kept, 0..K-1. */
  boolean hasFeatures(int teacher) {
    return !logitsOnly.contains(teacher);
  }

  /** The number of teachers whose features are kept. */
  int compared() {
    return organs - logitsOnly.size();
  }

  /** The levels of the features, ascending. */
  public List<Integer> levels() {
    return features.map(FeatureTerms::levels).orElse(List.of());
  }

  /**
   * The smallest possible size of a store of so many slices, bytes: margins, and the features where
   * they are kept everywhere.
   */
  public long leastBytes(int slices) {
    long bytes = (long) margins() * Short.BYTES;
    for (int i = 0; i < levels().size(); i++) {
      bytes +=
          masked
              ? (long) compared() * StoredPositions.words(side(i)) * Long.BYTES
              : (long) compared() * positions(i) * channels(i) * Short.BYTES;
    }
    return slices * bytes;
  }

  /** Side of the i-th level's grid. */
  int side(int i) {
    return size >> levels().get(i);
  }

  /** Positions of the i-th level's grid. */
  int positions(int i) {
    return side(i) * side(i);
  }

  /** C of the i-th level. */
  int channels(int i) {
    return baseChannels << levels().get(i);
  }

  /** Number of margins of a slice. */
  int margins() {
    return size * size * organs;
  }
}
