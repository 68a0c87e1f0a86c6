package org.mskd.dataset;

import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

/**
 * Strong augmentation of intensities for methods that compare a weakly and a strongly augmented
 * view of the same slice, as colour jitter and blur are in FixMatch (Sohn et al., NeurIPS 2020) and
 * PseudoSeg (Zou et al., ICLR 2021): contrast, brightness, gamma, then blur or noise. It moves
 * nothing, so that labels and teacher outputs stay where they are. Parameters of a slot derive from
 * (seed, iteration, slot) alone.
 */
public final class StrongAugmentation {
  private final long seed;

  public StrongAugmentation(long seed) {
    this.seed = SubSeeds.of(seed, "strong augmentation");
  }

  /**
   * Changes one slice.
   *
   * @param iteration of the batch, from 0
   * @param slot of the batch, from 0
   * @param image {@code [size][size][channels]} flattened, values in [-1, 1]; of all channels
   *     contrast, brightness, gamma, blur and the strength of the noise are the same
   * @return another array, in [-1, 1] too
   */
  public float[] apply(int iteration, int slot, float[] image, int size) {
    SplitMix64 random = new SplitMix64(SubSeeds.at(seed, iteration, slot));
    return IntensityChange.sample(random).apply(image, size, random);
  }
}
