package org.mskd.training;

import java.util.Arrays;
import java.util.Optional;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.SliceRef;
import org.mskd.dataset.SliceStore;

/**
 * Makes batches: sampler, slice store, augmentation. Batch i depends on the seeds and i alone,
 * never on the batches before it.
 */
public final class BatchSource {
  private final SliceSources sources;
  private final Sampler sampler;
  private final Optional<Augmentation> augmentation;
  private final boolean labels;
  private final int size;

  /**
   * @param augmentation absent for none
   * @param labels whether batches carry labels; a student needs none
   */
  public BatchSource(
      SliceSources sources, Sampler sampler, Optional<Augmentation> augmentation, boolean labels) {
    this.sources = sources;
    this.sampler = sampler;
    this.augmentation = augmentation;
    this.labels = labels;
    this.size = sources.size();
  }

  /** The batch of one iteration. */
  public Batch batch(int iteration) {
    SliceRef[] slices = sampler.batch(iteration);
    int area = size * size;
    float[] images = new float[slices.length * area];
    byte[] masks = new byte[labels ? slices.length * area : 0];
    float[] image = new float[area];
    float[] movedImage = new float[area];
    byte[] mask = new byte[area];
    byte[] movedMask = new byte[area];
    for (int slot = 0; slot < slices.length; slot++) {
      SliceStore store = sources.store(slices[slot]);
      Augmentation.Draw draw =
          augmentation.isPresent()
              ? augmentation.get().draw(iteration, slot)
              : Augmentation.identity();
      store.image(slices[slot].slice(), image, 0);
      draw.image(image, movedImage, size);
      System.arraycopy(movedImage, 0, images, slot * area, area);
      if (labels) {
        store.label(slices[slot].slice(), mask, 0);
        draw.label(mask, movedMask, size);
        System.arraycopy(movedMask, 0, masks, slot * area, area);
      }
    }
    return new Batch(size, images, masks, Arrays.stream(slices).map(sources::name).toList());
  }
}
