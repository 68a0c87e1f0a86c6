package org.mskd.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

/**
 * Samples batches of slices, with replacement. The last {@code forcedSlots} slots of a batch always
 * get a slice with an annotated organ, as in nnU-Net's foreground oversampling: a data set is
 * sampled uniformly, then one of its annotated slices uniformly. For every other slot a data set,
 * one of its subjects and one of that subject's slices are sampled, each uniformly, so that a long
 * scan counts no more than a short one (nnU-Net samples the case first, too). A teacher's pool
 * holds one data set, a student's all.
 *
 * <p>Slot j of iteration i depends on the seed, i and j alone, not on earlier samples: a resumed
 * training gets the batches that it would have got. Thread-safe.
 */
public final class Sampler {
  private final SlicePool pool;
  private final int batchSize;
  private final int forcedSlots;
  private final long seed;
  private final int[] annotatedDatasets;

  /**
   * @param pool what to sample from; data sets without any annotated slice get no forced slot
   * @param batchSize slices per batch
   * @param forcedSlots how many of them must show an annotated organ
   * @param seed root of the sampling sequence
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

  /** The slices of the batches of iterations 0 .. iterations-1, each once, ascending. */
  public List<SliceRef> sampled(int iterations) {
    SortedSet<SliceRef> sampled = new TreeSet<>();
    for (int iteration = 0; iteration < iterations; iteration++) {
      sampled.addAll(Arrays.asList(batch(iteration)));
    }
    return List.copyOf(sampled);
  }

  /** Whether a slot of every batch is forced to contain an annotated organ. */
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
