package org.mskd.training;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.Augmentation.Transform;
import org.mskd.dataset.NeighbourSlices;
import org.mskd.dataset.Patch;
import org.mskd.dataset.Patches;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.SliceRef;
import org.mskd.dataset.SliceStore;
import org.mskd.targets.WarpedTargets;

/**
 * Makes batches: sampler, slice store, augmentation, patch. Batch i depends on the seeds and i
 * alone, never on the batches before it.
 */
public final class BatchSource {
  private final SliceSources sources;
  private final Sampler sampler;
  private final Optional<Augmentation> augmentation;
  private final Optional<Patches> patches;
  private final int organs;
  private final Optional<WarpedTargets> targets;
  private final int size;
  private final int side;

  /**
   * @param augmentation absent for none
   * @param patches what a slot shows of its augmented slice: a forced one a square around its
   *     organ, any other one a square anywhere; absent for the whole slice
   * @param organs K, the organs of the network, for batches that carry annotations; 0 for batches
   *     that carry none
   * @param targets stored teacher outputs of every slice that the sampler may return, for batches
   *     that carry them
   * @throws IllegalArgumentException if there are both patches and targets, which are of whole
   *     slices, or the targets are of slices of another size
   */
  public BatchSource(
      SliceSources sources,
      Sampler sampler,
      Optional<Augmentation> augmentation,
      Optional<Patches> patches,
      int organs,
      Optional<WarpedTargets> targets) {
    this.sources = sources;
    this.sampler = sampler;
    this.augmentation = augmentation;
    this.patches = patches;
    this.organs = organs;
    this.targets = targets;
    this.size = sources.size();
    this.side = patches.map(Patches::side).orElse(size);
    if (targets.isPresent() && (patches.isPresent() || targets.get().layout().size() != size)) {
      throw new IllegalArgumentException(
          "targets of " + targets.get().layout() + " for " + side + " of " + size + " pixels");
    }
  }

  /** The batch of one iteration. */
  public Batch batch(int iteration) {
    SliceRef[] slices = sampler.batch(iteration);
    List<Transform> transforms =
        IntStream.range(0, slices.length).mapToObj(slot -> transform(iteration, slot)).toList();
    int area = side * side;
    int channels = sources.neighbours().channels();
    Batch batch =
        new Batch(
            side,
            new float[slices.length * area * channels],
            organs == 0
                ? Optional.empty()
                : Optional.of(
                    new Batch.Annotations(
                        new byte[slices.length * area], new float[slices.length * organs])),
            Arrays.stream(slices).map(sources::name).toList(),
            targets.map(stored -> stored.of(Arrays.asList(slices), transforms)),
            Arrays.stream(slices).map(SliceRef::dataset).toList());
    Scratch scratch =
        new Scratch(
            new NeighbourSlices(sources.neighbours()),
            new float[size * size * channels],
            new float[area * channels],
            new byte[size * size],
            new byte[area]);
    for (int slot = 0; slot < slices.length; slot++) {
      fill(batch, iteration, slot, slices[slot], transforms.get(slot), scratch);
    }
    return batch;
  }

  /** Image and label of a slice and of its patch, reused for every slot. */
  @SuppressWarnings("ArrayRecordComponent") // memory, not a value
  private record Scratch(
      NeighbourSlices reader, float[] image, float[] patchImage, byte[] label, byte[] patchLabel) {}

  private Transform transform(int iteration, int slot) {
    return augmentation.map(some -> some.sample(iteration, slot)).orElse(Augmentation.identity());
  }

  private void fill(
      Batch batch, int iteration, int slot, SliceRef slice, Transform transform, Scratch scratch) {
    SliceStore store = sources.store(slice);
    Source source = sources.source(slice);
    boolean labelled = source.labelled();
    if (labelled && (organs > 0 || (patches.isPresent() && sampler.isForced(slot)))) {
      store.label(slice.slice(), scratch.label, 0);
    }
    Patch patch = patch(iteration, slot, slice, transform, scratch.label);
    int at = slot * side * side;
    int channels = scratch.reader.channels();
    scratch.reader.read(store, slice.slice(), scratch.image, 0);
    transform.image(scratch.image, size, channels, scratch.patchImage, patch);
    augmentation.ifPresent(
        some -> some.intensities(iteration, slot, scratch.patchImage, side, scratch.image));
    System.arraycopy(
        scratch.patchImage, 0, batch.images(), at * channels, scratch.patchImage.length);
    if (organs > 0 && labelled) {
      Batch.Annotations annotations = batch.annotations().orElseThrow();
      transform.label(scratch.label, size, scratch.patchLabel, patch);
      source.toChannels(scratch.patchLabel);
      source.markAnnotated(annotations.organs(), slot * organs);
      System.arraycopy(scratch.patchLabel, 0, annotations.classes(), at, side * side);
    }
  }

  private Patch patch(int iteration, int slot, SliceRef slice, Transform transform, byte[] label) {
    if (patches.isEmpty()) {
      return Patch.whole(size);
    }
    return sampler.isForced(slot)
        ? patches.get().around(iteration, slot, organ(slice, transform, label))
        : patches.get().anywhere(iteration, slot);
  }

  /**
   * Where the organ is after augmentation: by the label where there is one, else by the foreground
   * index.
   */
  private IntStream organ(SliceRef slice, Transform transform, byte[] label) {
    Source source = sources.source(slice);
    if (!source.labelled()) {
      return source
          .foreground(slice.subject(), slice.slice())
          .map(pixel -> transform.moved(pixel, size));
    }
    byte[] moved = new byte[size * size];
    transform.label(label, moved, size);
    return IntStream.range(0, moved.length).filter(pixel -> moved[pixel] != 0);
  }
}
