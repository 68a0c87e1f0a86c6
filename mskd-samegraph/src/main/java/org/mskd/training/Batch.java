package org.mskd.training;

import java.util.List;
import java.util.Optional;
import org.mskd.targets.BatchTargets;

/**
 * A batch before it is a tensor.
 *
 * @param size side of what the network sees of a slice, pixels
 * @param images {@code [batch][size][size]} flattened, values in [-1, 1]
 * @param labels {@code [batch][size][size]} flattened, 1 where the annotated organ is, 0 in slices
 *     without labels; empty if not asked for
 * @param organs {@code [batch]}: the channel 1..K that the slot's label marks, 0 for a slice
 *     without labels; empty if labels are not asked for
 * @param slices which slice fills each slot, as a message names it
 * @param targets what teachers say about the slots, where that is stored
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
public record Batch(
    int size,
    float[] images,
    byte[] labels,
    float[] organs,
    List<String> slices,
    Optional<BatchTargets> targets) {
  public Batch {
    slices = List.copyOf(slices);
  }

  /** A batch without targets. */
  public Batch(int size, float[] images, byte[] labels, float[] organs, List<String> slices) {
    this(size, images, labels, organs, slices, Optional.empty());
  }
}
