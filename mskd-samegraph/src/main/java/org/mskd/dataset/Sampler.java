package org.mskd.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

/**
 * Draws batches of slices, with replacement. The last {@code forcedSlots} of a batch are forced to
 * show an annotated organ, as in nnU-Net's foreground oversampling: a data set is drawn uniformly,
 * then one of its annotated slices uniformly. The other slots draw a data set, one of its subjects
 * and one of that subject's slices, each uniformly, so that a long scan counts no more than a short
 * one (nnU-Net draws the case first, too). A teacher's pool holds one data set, a student's all.
 *
 * <p>Slot j of iteration i depends on the seed, i and j alone, not on what was drawn before: a
 * resumed training sees the batches it would have seen. Thread-safe.
 */
public final class Sampler {
  private final SlicePool pool;
  private final int batchSize;
  private final int forcedSlots;
  private final long seed;
  private final int[] annotatedDatasets;

  /**
   * @param pool what to draw from; data sets without any annotated slice get no forced slot
   * @param batchSize slices a batch
   * @param forcedSlots how many of them must show an annotated organ
   * @param seed what the draws derive from
   * @throws IllegalArgumentException if the numbers do not fit, or slots are forced and no slice of
   *     the whole pool is annotated
   */
  public Sampler(SlicePool pool, int batchSize, int forcedSlots, long seed) {
    if (batchSize < 1 || forcedSlots < 0 || forcedSlots > batchSize) {
      throw new IllegalArgumentException(forcedSlots + " forced slots of " + batchSize);
    }
    this.pool = pool;
    this.batchSize = batchSize;
    this.forcedSlots = forcedSlots;
    // Named, so that a caller may give sampler and augmentation one seed.
    this.seed = SubSeeds.of(seed, "sampler");
    this.annotatedDatasets =
        IntStream.range(0, pool.datasets()).filter(d -> !pool.annotated(d).isEmpty()).toArray();
    if (forcedSlots > 0 && annotatedDatasets.length == 0) {
      throw new IllegalArgumentException(forcedSlots + " forced slots, and no annotated slice");
    }
  }

  /**
   * The slices of an iteration's batch, slot by slot.
   *
   * @param iteration from 0
   */
  public SliceRef[] batch(int iteration) {
    SliceRef[] batch = new SliceRef[batchSize];
    for (int slot = 0; slot < batchSize; slot++) {
      SplitMix64 random = new SplitMix64(SubSeeds.at(seed, iteration, slot));
      batch[slot] = isForced(slot) ? annotated(random) : any(random);
    }
    return batch;
  }

  /** The slices that any of the iterations 0 .. iterations-1 shows, each once, ascending. */
  public List<SliceRef> drawn(int iterations) {
    SortedSet<SliceRef> drawn = new TreeSet<>();
    for (int iteration = 0; iteration < iterations; iteration++) {
      drawn.addAll(Arrays.asList(batch(iteration)));
    }
    return List.copyOf(drawn);
  }

  /** Whether a slot of every batch is forced to show an annotated organ. */
  public boolean isForced(int slot) {
    return slot >= batchSize - forcedSlots;
  }

  private SliceRef annotated(SplitMix64 random) {
    var slices = pool.annotated(annotatedDatasets[random.nextInt(annotatedDatasets.length)]);
    return slices.get(random.nextInt(slices.size()));
  }

  private SliceRef any(SplitMix64 random) {
    int dataset = random.nextInt(pool.datasets());
    int subject = random.nextInt(pool.subjects(dataset));
    return new SliceRef(dataset, subject, random.nextInt(pool.slices(dataset, subject)));
  }
}
