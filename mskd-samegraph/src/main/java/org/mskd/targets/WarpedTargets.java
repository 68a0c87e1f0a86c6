package org.mskd.targets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mskd.dataset.Augmentation.Draw;
import org.mskd.dataset.PaddedSlice;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.Distillation;
import org.mskd.loss.RegionMaps;
import org.mskd.loss.RowIndex;

/**
 * A batch's targets out of a store, drawn anew with the geometry of each slot's augmentation; gain
 * and offset change the image, not what teachers said of it. Margins are interpolated; a feature's
 * row is the one stored nearest to where the centre of its position comes from. Thread-safe.
 */
public final class WarpedTargets {
  /** The margin beyond a slice: surely background, as teachers say of air. */
  static final float OUTSIDE = -10;

  private final TargetStore store;
  private final Distillation settings;
  private final TargetLayout layout;

  /**
   * @param store stays the caller's to close
   * @param settings whose regions and feature levels are followed
   * @throws IllegalArgumentException if the settings need what the store does not keep
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

  /** What the store keeps. */
  public TargetLayout layout() {
    return layout;
  }

  /**
   * The targets of one batch.
   *
   * @param slices slot by slot
   * @param draws slot by slot
   * @throws java.util.NoSuchElementException if a slice is not in the store
   */
  public BatchTargets of(List<SliceRef> slices, List<Draw> draws) {
    int size = layout.size();
    int organs = layout.organs();
    int slots = slices.size();
    float[] margins = new float[Math.multiplyExact(slots, layout.margins())];
    PaddedSlice stored = new PaddedSlice(size, organs, OUTSIDE);
    List<StoredSlice> said = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      StoredSlice slice = store.slice(slices.get(slot));
      slice.margins(stored);
      draws.get(slot).maps(stored, margins, slot * layout.margins());
      said.add(slice);
    }
    List<BatchTargets.Level> levels = new ArrayList<>();
    if (settings.usesFeatures()) {
      RegionMaps regions = RegionMaps.of(margins, slots, size, organs, settings.regions());
      for (int i = 0; i < layout.levels().size(); i++) {
        levels.add(level(i, said, draws, regions));
      }
    }
    return new BatchTargets(margins, levels);
  }

  private BatchTargets.Level level(
      int i, List<StoredSlice> said, List<Draw> draws, RegionMaps regions) {
    int organs = layout.organs();
    int channels = layout.channels(i);
    int positions = layout.positions(i);
    int stride = 1 << layout.levels().get(i);
    boolean[][] inside = regions.coarser(stride, settings.regions().downsampling()).inside();
    int[] index = new int[said.size() * positions * organs];
    float[] rows = new float[Math.multiplyExact(RowIndex.capacity(count(inside)), channels)];
    short[] scratch = new short[channels];
    int[] origins = new int[positions];
    int next = 0;
    for (int slot = 0; slot < said.size(); slot++) {
      draws.get(slot).origins(layout.size(), stride, origins);
      for (int p = 0; p < positions; p++) {
        for (int k = 0; k < organs; k++) {
          int at = slot * positions + p;
          int row = inside[k][at] ? said.get(slot).positions(i, k).nearestRow(origins[p]) : -1;
          if (row >= 0) {
            said.get(slot).row(i, k, row, rows, next * channels, scratch);
          }
          index[at * organs + k] = row >= 0 ? next++ : -1;
        }
      }
    }
    int used = RowIndex.capacity(next) * channels;
    Arrays.fill(rows, next * channels, used, (float) -Math.log(channels));
    return new BatchTargets.Level(
        layout.side(i), channels, index, used == rows.length ? rows : Arrays.copyOf(rows, used));
  }

  private static int count(boolean[][] inside) {
    int count = 0;
    for (boolean[] organ : inside) {
      for (boolean one : organ) {
        count += one ? 1 : 0;
      }
    }
    return count;
  }
}
