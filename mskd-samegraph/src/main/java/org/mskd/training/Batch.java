package org.mskd.training;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mskd.targets.BatchTargets;

/**
 * A batch as arrays, before its tensors are made.
 *
 * @param size side of the network's input, pixels
 * @param images {@code [batch][size][size][channels]} flattened, values in [-1, 1]: each slice with
 *     its neighbours, if the network reads any
 * @param annotations the classes of the pixels; empty where the method requires none
 * @param slices which slice fills each slot, as named in messages
 * @param targets stored teacher outputs of the slots
 * @param sources the number of the source of each slot's slice, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
public record Batch(
    int size,
    float[] images,
    Optional<Annotations> annotations,
    List<String> slices,
    Optional<BatchTargets> targets,
    List<Integer> sources) {
  public Batch {
    slices = List.copyOf(slices);
    sources = List.copyOf(sources);
  }

  /** Of one source. */
  public Batch(
      int size,
      float[] images,
      Optional<Annotations> annotations,
      List<String> slices,
      Optional<BatchTargets> targets) {
    this(size, images, annotations, slices, targets, Collections.nCopies(slices.size(), 0));
  }

  /**
   * What the data sets annotate of a batch.
   *
   * @param classes {@code [batch][size][size]} flattened: the channel 1..K of the annotated organ,
   *     0 for anything else and in slots without annotations
   * @param organs {@code [batch][K]} flattened: 1 where the slot's data set annotates the organ of
   *     channel k + 1, else 0
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  public record Annotations(byte[] classes, float[] organs) {}
}
