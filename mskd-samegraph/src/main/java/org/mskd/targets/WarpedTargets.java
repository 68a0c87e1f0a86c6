package org.mskd.targets;

import java.util.ArrayList;
import java.util.List;
import org.mskd.dataset.Augmentation.Transform;
import org.mskd.dataset.PaddedSlice;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.Distillation;
import org.mskd.loss.FeatureRow;
import org.mskd.loss.RegionMaps;
import org.mskd.loss.RowIndex;

/**
 * A batch's targets from a store, transformed with the geometry of each slot's augmentation. Gain
 * and offset change the image, not the targets. Margins are interpolated bilinearly; the row of a
 * position is the stored row nearest to the point that the augmentation moves to its centre.
 * Thread-safe.
 */
public final class WarpedTargets {
  /**
   * The margin outside a slice over the temperature: background with a probability of 1 - 4.5e-5 at
   * every temperature, as there is air.
   */
  private static final double OUTSIDE = -10;

  private final TargetStore store;
  private final Distillation settings;
  private final TargetLayout layout;

  /**
   * @param store closed by the caller
   * @param settings the regions and the features to compare
   * @throws IllegalArgumentException if the store lacks features that the settings need
   */
  public WarpedTargets(TargetStore store, Distillation settings) {
    this.store = store;
    this.settings = settings;
    this.layout = store.layout();
    boolean same = layout.features().filter(settings.features()::equals).isPresent();
    if (settings.usesFeatures() && (!same || (layout.masked() && !settings.regions().masks()))) {
      throw new IllegalArgumentException("a store of " + layout + " for " + settings);
    }
  }

  /** The content of the store. */
  public TargetLayout layout() {
    return layout;
  }

  /**
   * The targets of one batch.
   *
   * @param slices of each slot
   * @param transforms the augmentation of each slot
   * @throws java.util.NoSuchElementException if a slice is not in the store
   */
  public BatchTargets of(List<SliceRef> slices, List<Transform> transforms) {
    int size = layout.size();
    int organs = layout.organs();
    int slots = slices.size();
    float[] margins = new float[Math.multiplyExact(slots, layout.margins())];
    PaddedSlice stored = new PaddedSlice(size, organs, (float) (OUTSIDE * settings.temperature()));
    List<StoredSlice> outputs = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      StoredSlice slice = store.slice(slices.get(slot));
      slice.margins(stored);
      transforms.get(slot).maps(stored, margins, slot * layout.margins());
      outputs.add(slice);
    }
    List<BatchTargets.Level> levels = new ArrayList<>();
    if (settings.usesFeatures()) {
      RegionMaps regions = RegionMaps.of(margins, slots, size, organs, settings.regions());
      for (int i = 0; i < layout.levels().size(); i++) {
        levels.add(level(i, outputs, transforms, regions));
      }
    }
    return new BatchTargets(margins, levels);
  }

  private BatchTargets.Level level(
      int i, List<StoredSlice> stored, List<Transform> transforms, RegionMaps regions) {
    int organs = layout.organs();
    int channels = layout.channels(i);
    int stride = 1 << layout.levels().get(i);
    RegionMaps inside = regions.coarser(stride, settings.regions().downsampling());
    int[] sources = sources(i, stored, transforms, inside);
    RowIndex index = RowIndex.of(inside, (position, k) -> sources[position * organs + k] >= 0);
    float[] rows = new float[Math.multiplyExact(index.capacity(), channels)];
    index.forEach(
        () -> {
          short[] scratch = new short[channels];
          return (row, position, k) ->
              stored
                  .get(position / layout.positions(i))
                  .row(i, k, sources[position * organs + k], rows, row * channels, scratch);
        });
    float[] unused = FeatureRow.unused(channels);
    for (int row = index.count(); row < index.capacity(); row++) {
      System.arraycopy(unused, 0, rows, row * channels, channels);
    }
    return new BatchTargets.Level(layout.side(i), channels, index.rows(), rows);
  }

  /**
   * The stored row of each position of a region, {@code [slot][position][K]} flattened: the one
   * nearest to the point that the augmentation moves to the position's centre; -1 for none.
   */
  private int[] sources(
      int i, List<StoredSlice> stored, List<Transform> transforms, RegionMaps inside) {
    int organs = layout.organs();
    int positions = layout.positions(i);
    int[] sources = new int[stored.size() * positions * organs];
    int[] origins = new int[positions];
    for (int slot = 0; slot < stored.size(); slot++) {
      transforms.get(slot).origins(layout.size(), 1 << layout.levels().get(i), origins);
      for (int p = 0; p < positions; p++) {
        int at = slot * positions + p;
        for (int k = 0; k < organs; k++) {
          sources[at * organs + k] =
              inside.inside()[k][at] ? stored.get(slot).positions(i, k).nearestRow(origins[p]) : -1;
        }
      }
    }
    return sources;
  }
}
