package org.mskd.training;

import java.util.List;
import org.mskd.dataset.SlicePool;
import org.mskd.dataset.SliceRef;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Neighbours;

/**
 * The prepared subjects that a network is trained on.
 *
 * @param sources in the order {@link SliceRef#dataset} counts them; all of one slice size
 * @param neighbours what the network reads beside a slice
 */
public record SliceSources(List<Source> sources, Neighbours neighbours) {
  public SliceSources {
    sources = List.copyOf(sources);
  }

  /** Of a network that reads single slices. */
  public SliceSources(List<Source> sources) {
    this(sources, Neighbours.NONE);
  }

  /** Side of a slice, pixels. */
  public int size() {
    return sources.get(0).stores().get(0).size();
  }

  /** The source a reference points into. */
  Source source(SliceRef slice) {
    return sources.get(slice.dataset());
  }

  /** The store a reference points into. */
  public SliceStore store(SliceRef slice) {
    return source(slice).stores().get(slice.subject());
  }

  /** The name of the source a reference points into. */
  public String sourceName(SliceRef slice) {
    return source(slice).name();
  }

  /** Name of a slice in messages: its source, its subject and its number, from 0. */
  public String name(SliceRef slice) {
    return "%s, %s, slice %d"
        .formatted(source(slice).name(), store(slice).subject().id(), slice.slice());
  }

  /** The slices that a sampler samples from. */
  public SlicePool pool() {
    return new SlicePool(sources.stream().map(Source::slices).toList());
  }
}
