package org.mskd.training;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.Patch;
import org.mskd.dataset.Patches;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.SliceRef;
import org.mskd.dataset.SliceStore;

/**
 * Makes batches: sampler, slice store, augmentation, patch. Batch i depends on the seeds and i
 * alone, never on the batches before it.
 */
public final class BatchSource {
  private final SliceSources sources;
  private final Sampler sampler;
  private final Optional<Augmentation> augmentation;
  private final Optional<Patches> patches;
  private final boolean labels;
  private final int size;
  private final int side;

  /** Batches of whole slices. */
  public BatchSource(
      SliceSources sources, Sampler sampler, Optional<Augmentation> augmentation, boolean labels) {
    this(sources, sampler, augmentation, Optional.empty(), labels);
  }

  /**
   * @param augmentation absent for none
   * @param patches what a slot shows of its augmented slice: a forced one a square around its
   *     organ, any other one a square anywhere; absent for the whole slice
   * @param labels whether batches carry labels; a student needs none
   */
  public BatchSource(
      SliceSources sources,
      Sampler sampler,
      Optional<Augmentation> augmentation,
      Optional<Patches> patches,
      boolean labels) {
    this.sources = sources;
    this.sampler = sampler;
    this.augmentation = augmentation;
    this.patches = patches;
    this.labels = labels;
    this.size = sources.size();
    this.side = patches.map(Patches::side).orElse(size);
  }

  /** The batch of one iteration. */
  public Batch batch(int iteration) {
    SliceRef[] slices = sampler.batch(iteration);
    int area = side * side;
    Batch batch =
        new Batch(
            side,
            new float[slices.length * area],
            new byte[labels ? slices.length * area : 0],
            new float[labels ? slices.length : 0],
            Arrays.stream(slices).map(sources::name).toList());
    Scratch scratch = new Scratch(new float[size * size], new float[area], new byte[size * size]);
    for (int slot = 0; slot < slices.length; slot++) {
      fill(batch, iteration, slot, slices[slot], scratch);
    }
    return batch;
  }

  /** A slice, what the network sees of it, and a label, each used by slot after slot. */
  @SuppressWarnings("ArrayRecordComponent") // memory, not a value
  private record Scratch(float[] image, float[] seen, byte[] mask) {}

  private void fill(Batch batch, int iteration, int slot, SliceRef slice, Scratch scratch) {
    SliceStore store = sources.store(slice);
    Augmentation.Draw draw =
        augmentation.map(some -> some.draw(iteration, slot)).orElse(Augmentation.identity());
    boolean centred = patches.isPresent() && sampler.isForced(slot);
    boolean labelled = sources.source(slice).labelled();
    byte[] moved =
        labelled && (labels || centred) ? movedLabel(store, slice, draw, scratch) : new byte[0];
    Patch patch =
        patches
            .map(
                some ->
                    centred
                        ? some.around(iteration, slot, organ(slice, draw, moved))
                        : some.anywhere(iteration, slot))
            .orElse(Patch.whole(size));
    int at = slot * side * side;
    store.image(slice.slice(), scratch.image, 0);
    draw.image(scratch.image, size, scratch.seen, patch);
    System.arraycopy(scratch.seen, 0, batch.images(), at, scratch.seen.length);
    if (labels && labelled) {
      batch.organs()[slot] = sources.source(slice).organ();
      patch.copy(moved, size, batch.labels(), at);
    }
  }

  private byte[] movedLabel(
      SliceStore store, SliceRef slice, Augmentation.Draw draw, Scratch scratch) {
    byte[] moved = new byte[size * size];
    store.label(slice.slice(), scratch.mask, 0);
    draw.label(scratch.mask, moved, size);
    return moved;
  }

  /** Where the organ is after augmentation: by the label where there is one, else by the survey. */
  private IntStream organ(SliceRef slice, Augmentation.Draw draw, byte[] moved) {
    return sources.source(slice).labelled()
        ? IntStream.range(0, moved.length).filter(pixel -> moved[pixel] != 0)
        : sources
            .source(slice)
            .surveyed(slice.subject(), slice.slice())
            .map(pixel -> draw.moved(pixel, size));
  }
}
