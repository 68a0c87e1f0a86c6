package org.mskd.experiment;

import java.util.List;

/**
 * Which features of teacher and student the feature loss compares (arXiv 2108.02559, section 3.3).
 *
 * @param levels l, the numbers of downsamplings before the blocks whose outputs are compared,
 *     ascending; the terms of several levels are added
 * @param source which half of the U-Net the blocks are of
 * @param sorted whether both sides' channels are sorted first, as in the source; if not, channel c
 *     is compared with channel c
 */
public record FeatureTerms(List<Integer> levels, FeatureSource source, boolean sorted) {
  /** The source's: sorted, of the encoder, after one downsampling. */
  public static final FeatureTerms DEFAULT =
      new FeatureTerms(List.of(1), FeatureSource.ENCODER, true);

  public FeatureTerms {
    Checks.notEmpty("featureLevel", levels);
    levels = levels.stream().sorted().toList();
    levels.forEach(level -> Checks.atLeast("featureLevel", level, 0));
    if (levels.stream().distinct().count() != levels.size()) {
      throw Checks.notAllowed("featureLevel", levels, "each level once");
    }
  }

  /** The largest level. */
  public int deepest() {
    return levels.get(levels.size() - 1);
  }

  /** The same at other levels. */
  public FeatureTerms atLevels(List<Integer> others) {
    return new FeatureTerms(others, source, sorted);
  }

  /** The same channel by channel, without sorting. */
  public FeatureTerms unsorted() {
    return new FeatureTerms(levels, source, false);
  }
}
