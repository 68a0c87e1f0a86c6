package org.mskd.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * The slices that a sampler samples from: data sets, their subjects, their slices, and which of
 * those show the organ their data set annotates. Plain numbers; the pixels stay where they are.
 * Immutable.
 */
public final class SlicePool {
  private final List<List<SubjectSlices>> datasets;
  private final List<List<SliceRef>> annotated;

  /**
   * @param datasets for each data set its subjects, in the order {@link SliceRef} counts them
   * @throws IllegalArgumentException if there is no data set, or one has no subject
   */
  public SlicePool(List<List<SubjectSlices>> datasets) {
    if (datasets.isEmpty()) {
      throw new IllegalArgumentException("a pool without data sets");
    }
    this.datasets = datasets.stream().map(List::copyOf).toList();
    List<List<SliceRef>> annotated = new ArrayList<>();
    for (int d = 0; d < this.datasets.size(); d++) {
      if (this.datasets.get(d).isEmpty()) {
        throw new IllegalArgumentException("data set " + d + " has no subject");
      }
      annotated.add(annotatedOf(d, this.datasets.get(d)));
    }
    this.annotated = List.copyOf(annotated);
  }

  private static List<SliceRef> annotatedOf(int dataset, List<SubjectSlices> subjects) {
    List<SliceRef> annotated = new ArrayList<>();
    for (int s = 0; s < subjects.size(); s++) {
      for (int slice : subjects.get(s).annotated()) {
        annotated.add(new SliceRef(dataset, s, slice));
      }
    }
    return List.copyOf(annotated);
  }

  /** Number of data sets. */
  public int datasets() {
    return datasets.size();
  }

  /** Number of subjects in a data set. */
  public int subjects(int dataset) {
    return datasets.get(dataset).size();
  }

  /** Number of slices of a subject. */
  public int slices(int dataset, int subject) {
    return datasets.get(dataset).get(subject).slices();
  }

  /** The slices of a data set that show the organ it annotates, by subject, then slice. */
  public List<SliceRef> annotated(int dataset) {
    return annotated.get(dataset);
  }
}
