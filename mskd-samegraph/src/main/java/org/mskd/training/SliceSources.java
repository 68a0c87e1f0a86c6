package org.mskd.training;

import java.util.List;
import org.mskd.dataset.SlicePool;
import org.mskd.dataset.SliceRef;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.SubjectSlices;

/**
 * The prepared subjects that a network is trained on.
 *
 * @param stores {@code [data set][subject]}; all of one slice size
 */
public record SliceSources(List<List<SliceStore>> stores) {
  public SliceSources {
    stores = stores.stream().map(List::copyOf).toList();
  }

  /** Side of a slice, pixels. */
  public int size() {
    return stores.get(0).get(0).size();
  }

  /** The store a reference points into. */
  public SliceStore store(SliceRef slice) {
    return stores.get(slice.dataset()).get(slice.subject());
  }

  /** How a message names a slice: its data set and slice from 0, its subject by its id. */
  public String name(SliceRef slice) {
    return "data set %d, %s, slice %d"
        .formatted(slice.dataset(), store(slice).subject().id(), slice.slice());
  }

  /** What a sampler draws from. */
  public SlicePool pool() {
    return new SlicePool(
        stores.stream()
            .map(
                set ->
                    set.stream()
                        .map(store -> new SubjectSlices(store.slices(), store.annotatedSlices()))
                        .toList())
            .toList());
  }
}
