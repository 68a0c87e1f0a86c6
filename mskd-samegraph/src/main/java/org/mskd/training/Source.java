package org.mskd.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.SubjectSlices;
import org.mskd.dataset.Survey;

/**
 * Prepared subjects of one kind: a data set that labels an organ, or volumes without labels.
 *
 * @param name how a message calls it
 * @param organ the channel 1..K that its labels mark in the network that is trained, 1 for a
 *     teacher's own; 0 for volumes without labels
 * @param stores its subjects
 * @param survey what teachers see in volumes without labels; without it they are never forced
 */
public record Source(String name, int organ, List<SliceStore> stores, Optional<Survey> survey) {
  /**
   * @throws IllegalArgumentException if there is no subject, or one of a labelled source has no
   *     label
   * @throws org.mskd.problem.BadInputException if the survey is of other slices
   */
  public Source {
    stores = List.copyOf(stores);
    if (organ < 0 || stores.isEmpty()) {
      throw new IllegalArgumentException("organ " + organ + " in subjects " + stores.size());
    }
    for (SliceStore store : stores) {
      if (organ > 0 && !store.labelled()) {
        throw new IllegalArgumentException(store.subject().id() + " of " + name + " has no label");
      }
      survey.ifPresent(seen -> seen.requireFits(store));
    }
  }

  /** Whether it has labels. */
  boolean labelled() {
    return organ > 0;
  }

  /**
   * What a sampler knows of the subjects: the slices that show an organ by label, else by survey.
   */
  List<SubjectSlices> slices() {
    return stores.stream().map(store -> new SubjectSlices(store.slices(), shown(store))).toList();
  }

  private int[] shown(SliceStore store) {
    if (labelled()) {
      return store.annotatedSlices();
    }
    return survey.map(seen -> seen.slices(store.subject().id())).orElse(new int[0]);
  }

  /** The pixels of an unlabelled slice that any teacher calls organ, {@code y * size + x}. */
  IntStream surveyed(int subject, int slice) {
    String id = stores.get(subject).subject().id();
    return survey.map(seen -> seen.pixels(id, slice)).orElse(IntStream.empty());
  }
}
