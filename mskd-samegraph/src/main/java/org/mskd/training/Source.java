package org.mskd.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mskd.dataset.ForegroundIndex;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.SubjectSlices;

/**
 * Prepared subjects of one kind: a data set that annotates one or several organs, or volumes
 * without labels.
 *
 * @param name its name in messages
 * @param channels for each class 1.. of its stored labels the channel 1..K of that organ in the
 *     network that is trained, 0 for an organ that the network has no channel for; empty for
 *     volumes without labels
 * @param stores its subjects
 * @param foreground where teachers predict organs in volumes without labels; without it these
 *     slices never fill a forced slot
 */
public record Source(
    String name,
    List<Integer> channels,
    List<SliceStore> stores,
    Optional<ForegroundIndex> foreground) {
  /**
   * @throws IllegalArgumentException if there is no subject, or one of a labelled source has no
   *     label
   * @throws org.mskd.problem.BadInputException if the foreground index is of other slices
   */
  public Source {
    stores = List.copyOf(stores);
    channels = List.copyOf(channels);
    if (stores.isEmpty() || channels.stream().anyMatch(channel -> channel < 0)) {
      throw new IllegalArgumentException(
          "channels %s in %d subjects".formatted(channels, stores.size()));
    }
    for (SliceStore store : stores) {
      if (!channels.isEmpty() && !store.labelled()) {
        throw new IllegalArgumentException(store.subject().id() + " of " + name + " has no label");
      }
      foreground.ifPresent(index -> index.requireFits(store));
    }
  }

  /** A data set that annotates one organ, or none where the channel is 0. */
  public static Source of(String name, int channel, List<SliceStore> stores) {
    return new Source(name, channel == 0 ? List.of() : List.of(channel), stores, Optional.empty());
  }

  /** Whether it has labels. */
  boolean labelled() {
    return !channels.isEmpty();
  }

  /** Turns stored classes into the network's channels, in place. */
  void toChannels(byte[] classes) {
    for (int i = 0; i < classes.length; i++) {
      classes[i] = classes[i] == 0 ? 0 : channels.get(classes[i] - 1).byteValue();
    }
  }

  /** Sets 1 for each annotated organ, {@code [K]} from {@code at} on. */
  void markAnnotated(float[] organs, int at) {
    for (int channel : channels) {
      if (channel > 0) {
        organs[at + channel - 1] = 1;
      }
    }
  }

  /**
   * The subjects for a sampler, with the slices that show an organ by label, else by the foreground
   * index.
   */
  List<SubjectSlices> slices() {
    return stores.stream()
        .map(store -> new SubjectSlices(store.slices(), organSlices(store)))
        .toList();
  }

  private int[] organSlices(SliceStore store) {
    if (labelled()) {
      return store.annotatedSlices();
    }
    return foreground.map(index -> index.slices(store.subject().id())).orElse(new int[0]);
  }

  /** The pixels of an unlabelled slice that any teacher predicts as organ, {@code y * size + x}. */
  IntStream foreground(int subject, int slice) {
    String id = stores.get(subject).subject().id();
    return foreground.map(index -> index.pixels(id, slice)).orElse(IntStream.empty());
  }
}
