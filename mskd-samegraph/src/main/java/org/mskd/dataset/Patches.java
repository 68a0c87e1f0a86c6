package org.mskd.dataset;

import java.util.stream.IntStream;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

/**
 * Samples the position of the square patch of a slice that a network is trained on. The patch of a
 * slot of an iteration derives from (seed, iteration, slot) alone, independently of the sampler and
 * the augmentation. Thread-safe.
 */
public final class Patches {
  private final int side;
  private final int size;
  private final long seed;

  /**
   * @param side of a patch, pixels
   * @param size side of a slice, pixels
   * @param seed root of the random positions
   * @throws IllegalArgumentException if the patch is larger than the slice
   */
  public Patches(int side, int size, long seed) {
    new Patch(0, 0, side).requireInside(size);
    this.side = side;
    this.size = size;
    // Named, so that a caller may give everything one seed.
    this.seed = SubSeeds.of(seed, "patch");
  }

  /** Side of a patch, pixels. */
  public int side() {
    return side;
  }

  /** A patch anywhere in the slice, each place as likely. */
  public Patch anywhere(int iteration, int slot) {
    return anywhere(random(iteration, slot));
  }

  /**
   * A patch with one of the given pixels in its middle, or as near to it as the slice allows, so
   * that the pixel is always inside; anywhere where there is none.
   *
   * @param pixels {@code y * size + x}, each as likely; negative ones count as none
   */
  public Patch around(int iteration, int slot, IntStream pixels) {
    int[] choice = pixels.filter(pixel -> pixel >= 0).toArray();
    SplitMix64 random = random(iteration, slot);
    if (choice.length == 0) {
      return anywhere(random);
    }
    int pixel = choice[random.nextInt(choice.length)];
    int row = Math.floorDiv(pixel, size);
    return new Patch(begin(pixel - row * size), begin(row), side);
  }

  private SplitMix64 random(int iteration, int slot) {
    return new SplitMix64(SubSeeds.at(seed, iteration, slot));
  }

  private Patch anywhere(SplitMix64 random) {
    int places = size - side + 1;
    return new Patch(random.nextInt(places), random.nextInt(places), side);
  }

  private int begin(int middle) {
    return Math.max(0, Math.min(size - side, middle - side / 2));
  }
}
